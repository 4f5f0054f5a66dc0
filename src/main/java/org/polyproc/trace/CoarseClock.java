package org.polyproc.trace;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * A clock that is set every {@link #PERIOD_NANOS} while holds of locks are recorded, and so can be read in the time of one access to
 * memory, like Linux's {@code CLOCK_MONOTONIC_COARSE}. {@link System#nanoTime} takes as long as a free lock. The flight recorder sets it,
 * and only while a recording wants {@link SemaphoreHoldEvent}, of which this is the period. Thread-safe.
 */
public final class CoarseClock {

    /** How often the clock is set, in nanoseconds; on a busy machine it can be later. */
    public static final long PERIOD_NANOS = 10_000_000;

    /** {@link #PERIOD_NANOS} as the flight recorder's setting. */
    static final String PERIOD = "10 ms";

    private static final int LATEST_PERIODS = 5;

    private static volatile long now = System.nanoTime() - LATEST_PERIODS * PERIOD_NANOS;

    static {
        // Not at once, which would begin to use the flight recorder.
        FlightRecorder.addListener(new FlightRecorderListener() {
            @Override
            public void recorderInitialized(FlightRecorder recorder) {
                FlightRecorder.addPeriodicEvent(SemaphoreHoldEvent.class, () -> now = System.nanoTime());
            }
        });
    }

    private CoarseClock() {
    }

    /** Returns when the clock was set last, in {@link System#nanoTime}'s time. */
    public static long now() {
        return now;
    }

    /** Returns whether the clock runs: whether it was set not long before a time of {@link System#nanoTime}. */
    public static boolean isRunning(long time) {
        return time - now < LATEST_PERIODS * PERIOD_NANOS;
    }
}
