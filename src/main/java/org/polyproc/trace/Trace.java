package org.polyproc.trace;

import com.oracle.truffle.api.Assumption;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/** The switch in front of all events, so that a program nobody records does not even load their classes. Thread-safe. */
public final class Trace {

    /**
     * Holds until the flight recorder is used for the first time. The JIT compiles nothing for the question: what it has compiled is
     * thrown away when this changes.
     */
    private static final Assumption OFF = Assumption.create("the flight recorder has not been used");

    static {
        FlightRecorder.addListener(new FlightRecorderListener() {
            @Override
            public void recorderInitialized(FlightRecorder recorder) {
                OFF.invalidate();
            }
        });
    }

    private Trace() {
    }

    /**
     * Returns whether the JVM's flight recorder has been used, now or before. If so, an event's own {@code isEnabled} says whether
     * a recording wants it. Costs nothing in compiled Python code, elsewhere one read of memory.
     */
    public static boolean isOn() {
        return !OFF.isValid();
    }
}
