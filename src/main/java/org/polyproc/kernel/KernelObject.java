package org.polyproc.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reference-counted thing that processes hold through their {@link Descriptors} and pass on to their children, as an open
 * file is on POSIX: it lives until its last holder drops it, however that holder ends.
 *
 * <p>Thread-safe. Whoever retains an object sees all that happened before it was made.
 */
public abstract class KernelObject {

    private final int id;
    private final AtomicInteger holders = new AtomicInteger();

    /**
     * @param id the object's number, unique within its kernel
     */
    protected KernelObject(int id) {
        this.id = id;
    }

    /** Returns the number under which every holder knows this object. */
    public final int id() {
        return id;
    }

    /**
     * Adds a holder. The first call makes the object live.
     *
     * @throws IllegalStateException if the last holder is gone
     */
    public final void retain() {
        if (holders.getAndUpdate(n -> n < 0 ? n : n + 1) < 0) {
            throw new IllegalStateException("a destroyed kernel object can't be held again: id=" + id);
        }
    }

    /** Takes a holder away; with the last one the object is destroyed. */
    public final void drop() {
        if (holders.updateAndGet(n -> n == 1 ? -1 : n - 1) == -1) {
            destroy();
        }
    }

    /** Returns how many hold this object now; negative if the last one is gone. */
    public final int holders() {
        return holders.get();
    }

    /** Returns whether the last holder is gone. */
    public final boolean isDestroyed() {
        return holders.get() < 0;
    }

    /** Frees what the object stands for. Called once, by the thread that dropped it last. */
    protected abstract void destroy();
}
