package org.polyproc.kernel.channel;

import java.util.concurrent.CopyOnWriteArraySet;

/** The listeners of one {@link Waitable}. Thread-safe. */
public final class Listeners {

    private final CopyOnWriteArraySet<Runnable> listeners = new CopyOnWriteArraySet<>();

    /** Creates an empty set. */
    public Listeners() {
    }

    /** Adds a listener. */
    public void add(Runnable listener) {
        listeners.add(listener);
    }

    /** Removes a listener, if it is there. */
    public void remove(Runnable listener) {
        listeners.remove(listener);
    }

    /** Calls every listener. */
    public void tell() {
        listeners.forEach(Runnable::run);
    }
}
