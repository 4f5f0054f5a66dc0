package org.polyproc.kernel.channel;

/** Something that becomes ready and can be waited for in a {@link WaitSet}. Implementations are thread-safe. */
public interface Waitable {

    /** Returns whether it is ready now. What made it ready is visible to the caller. */
    boolean isReady();

    /**
     * Registers a listener, which is called, by any thread, each time that this may have become ready. A listener must return
     * soon and not call back.
     */
    void addListener(Runnable listener);

    /** Removes a listener; one that is not registered is ignored. */
    void removeListener(Runnable listener);
}
