package org.polyproc.syscall;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Waits for a short time without going to sleep, where waits have been short: what another process is about to do on another
 * processor is often done before this thread could have been put to sleep and woken. Each object that is waited for has one of these
 * and learns from its own waits, as the JVM's monitors do. Where nobody else wants the processor, a wait costs at most a small multiple of what it would cost without (see
 * Karlin and others, "Competitive Randomized Algorithms for Non-Uniform Problems", 1990). Whoever has something to do, the JIT for
 * one, gets the processor meanwhile, and one processor at least has nobody on it who only waits.
 *
 * <p>Thread-safe; threads that wait for the same object at the same time may disturb what is learnt.
 */
final class Spin {

    /** A wait as long as this, with being put to sleep and woken, would perhaps have been worth spinning for. */
    private static final long SHORT_NANOS = 200_000;
    /** About what being put to sleep and woken takes. */
    private static final long MOST_NANOS = 50_000;
    /** A yield that takes as long as this gave the processor to somebody who wants it: whoever only waits has no business there. */
    private static final long TAKEN_NANOS = 5_000;
    /** How long to spin where waits are long. */
    private static final long LEAST_NANOS = 3_000;
    /** How long to spin in a place where nothing else of the process can happen meanwhile. */
    private static final long GLANCE_NANOS = 10_000;
    /** Longer waits count as this one, so that an object for which nothing happened for long can learn otherwise soon. */
    private static final long LONG_NANOS = 2 * SHORT_NANOS;
    /** How much of what is expected the last wait is, as a divisor. */
    private static final int WEIGHT = 4;

    private static final int MOST_SPINNERS = Runtime.getRuntime().availableProcessors() - 1;
    private static final AtomicInteger SPINNERS = new AtomicInteger();

    /** How long a wait takes, a running mean. */
    private volatile long expected = SHORT_NANOS;

    /**
     * Waits until something is so, for a short time.
     *
     * @return whether it is; if not, {@link #learn} is to be told how long the wait took in the end
     */
    boolean until(BooleanSupplier condition) {
        return spin(condition, expected <= SHORT_NANOS ? MOST_NANOS : LEAST_NANOS);
    }

    /**
     * Waits until something is so, for 10 us at most, if waits have been as short as that: for who holds what others of the process may
     * want.
     *
     * @return whether it is
     */
    boolean glance(BooleanSupplier condition) {
        return condition.getAsBoolean() || expected <= GLANCE_NANOS && spin(condition, GLANCE_NANOS);
    }

    private boolean spin(BooleanSupplier condition, long most) {
        if (SPINNERS.incrementAndGet() > MOST_SPINNERS) {
            SPINNERS.decrementAndGet();
            return false;
        }
        try {
            long begin = System.nanoTime();
            long now = begin;
            while (!condition.getAsBoolean()) {
                if (now - begin >= most) {
                    return false;
                }
                Thread.yield();
                long last = now;
                now = System.nanoTime();
                if (now - last >= TAKEN_NANOS) {
                    return condition.getAsBoolean();
                }
            }
            learn(now - begin);
            return true;
        } finally {
            SPINNERS.decrementAndGet();
        }
    }

    /**
     * Takes note of how long a wait took.
     *
     * @param nanos from its beginning to its end, in nanoseconds
     */
    void learn(long nanos) {
        expected += (Math.min(nanos, LONG_NANOS) - expected) / WEIGHT;
    }
}
