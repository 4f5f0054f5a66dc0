package org.polyproc.kernel.sync;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.polyproc.kernel.KernelObject;

/**
 * A counting semaphore with an upper bound, the counterpart of a POSIX {@code sem_t}: any thread of any process may release
 * it, and the death of a holder does not.
 *
 * <p>Thread-safe. What a thread did before {@link #release} is visible to the thread whose acquire takes that unit. Waiters
 * are queued in the order of their arrival, but a thread that finds a unit free may take it before them.
 */
public final class KernelSemaphore extends KernelObject {

    private final Sync sync;
    private final int maxValue;

    /**
     * @param id       the object's number
     * @param value    the first value, 0 to {@code maxValue}
     * @param maxValue the bound, at least 1
     */
    public KernelSemaphore(int id, int value, int maxValue) {
        super(id);
        if (value < 0 || value > maxValue) {
            throw new IllegalArgumentException("semaphore value must be 0 to " + maxValue + ": value=" + value);
        }
        this.sync = new Sync(value, maxValue);
        this.maxValue = maxValue;
    }

    /** Takes a unit if one is free, without waiting. */
    public boolean tryAcquire() {
        return sync.tryAcquireShared(1) >= 0;
    }

    /**
     * Takes a unit, waiting for one.
     *
     * @throws InterruptedException if the thread is interrupted; no unit is taken then
     */
    public void acquire() throws InterruptedException {
        sync.acquireSharedInterruptibly(1);
    }

    /**
     * Takes a unit, waiting for one for a limited time.
     *
     * @param timeoutNanos how long at most, in nanoseconds; 0 or less does not wait
     * @return whether a unit was taken
     * @throws InterruptedException if the thread is interrupted; no unit is taken then
     */
    public boolean acquire(long timeoutNanos) throws InterruptedException {
        return sync.tryAcquireSharedNanos(1, timeoutNanos);
    }

    /**
     * Gives a unit back.
     *
     * @return false, with nothing changed, if the value already is at its bound
     */
    public boolean release() {
        return sync.releaseShared(1);
    }

    /** Returns how many units are free; another thread may change it at any time. */
    public int value() {
        return sync.value();
    }

    /** Returns the bound. */
    public int maxValue() {
        return maxValue;
    }

    @Override
    protected void destroy() {
        // Nothing but memory, which the collector frees.
    }

    /** The state is the number of free units. */
    private static final class Sync extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1L;
        private final int maxValue;

        Sync(int value, int maxValue) {
            this.maxValue = maxValue;
            setState(value);
        }

        int value() {
            return getState();
        }

        @Override
        protected int tryAcquireShared(int units) {
            for (;;) {
                int free = getState();
                if (free < units) {
                    return -1;
                }
                if (compareAndSetState(free, free - units)) {
                    return free - units;
                }
            }
        }

        @Override
        protected boolean tryReleaseShared(int units) {
            for (;;) {
                int free = getState();
                if (free > maxValue - units) {
                    return false;
                }
                if (compareAndSetState(free, free + units)) {
                    return true;
                }
            }
        }
    }
}
