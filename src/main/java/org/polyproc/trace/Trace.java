package org.polyproc.trace;

import jdk.jfr.FlightRecorder;

/** The switch in front of all events, so that a program nobody records does not even load their classes. Thread-safe. */
public final class Trace {

    private Trace() {
    }

    /**
     * Returns whether the JVM's flight recorder has been used, now or before. If so, an event's own {@code isEnabled} says whether
     * a recording wants it. Costs one read of memory.
     */
    public static boolean isOn() {
        return FlightRecorder.isInitialized();
    }
}
