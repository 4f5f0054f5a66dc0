package org.polyproc;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;

/**
 * A {@code multiprocessing.Barrier}: a fixed number of threads of all processes, Java's own included, wait for each other, again
 * and again.
 *
 * <p>The rules are CPython's. When the time of a wait is over, or somebody calls {@link #abort}, the barrier is broken until
 * {@link #reset}: whoever waits or comes gets a {@link BrokenBarrierException}. Who is interrupted leaves the barrier, which
 * waits for another one instead.
 *
 * <p>Thread-safe. What each party did before it came is visible to all others after their waits. All methods throw
 * {@link IllegalStateException} after the host is closed, those that wait at that moment too. Two objects are equal if they stand
 * for the same barrier.
 */
public final class SharedBarrier {

    /* How CPython builds a barrier: two ints in shared memory, read and written under the condition's lock. */
    private static final int STATE = 0;
    private static final int COUNT = 1;
    static final int INTS = 2;

    /* The states. */
    private static final int FILLING = 0;
    private static final int DRAINING = 1;
    private static final int RESETTING = -1;
    private static final int BROKEN = -2;

    private final int parties;
    private final Duration timeout;
    private final SharedCondition condition;
    private final Segment segment;
    private final long start;
    private final Cells ints;

    /**
     * @param timeout how long {@link #await()} waits, or null
     */
    SharedBarrier(Holdings host, int parties, Duration timeout) {
        this(parties, timeout, new SharedLock(host, host.kernel().semaphore(1, 1), true).newCondition(),
                host.kernel().segment((long) INTS * Integer.BYTES), 0);
    }

    /**
     * @param start where the ints are in the segment, in bytes
     */
    SharedBarrier(int parties, Duration timeout, SharedCondition condition, Segment segment, long start) {
        if (parties < 1) {
            throw new IllegalArgumentException("the number of parties must be positive: parties=" + parties);
        }
        if (start < 0 || start % Integer.BYTES != 0) {
            throw new IllegalArgumentException("a barrier must begin at a whole number of ints: start=" + start);
        }
        this.parties = parties;
        this.timeout = timeout;
        this.condition = condition;
        this.segment = segment;
        this.start = start;
        condition.lock().host().hold(this, segment);
        this.ints = new Cells(segment, CellFormat.INT32, start / Integer.BYTES + INTS);
    }

    SharedCondition condition() {
        return condition;
    }

    Segment segment() {
        return segment;
    }

    long start() {
        return start;
    }

    private int get(int index) {
        return (int) ints.getLong(start / Integer.BYTES + index);
    }

    private void set(int index, int value) {
        ints.setLong(start / Integer.BYTES + index, value);
    }

    /** {@return how many threads must come} */
    public int parties() {
        return parties;
    }

    /** {@return how long {@link #await()} waits at most; empty if without limit} */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * Waits until all parties have come, at most for the barrier's {@link #timeout}.
     *
     * @return how many had come before, 0 to parties - 1
     * @throws BrokenBarrierException if the barrier is broken or reset, or the time is over, which breaks it
     * @throws InterruptedException   if the calling thread is interrupted
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        return enter(timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout));
    }

    /**
     * Waits until all parties have come, for a limited time.
     *
     * @param time how long at most, in the given unit
     * @param unit the unit of the time
     * @return how many had come before, 0 to parties - 1
     * @throws BrokenBarrierException if the barrier is broken or reset, or the time is over, which breaks it
     * @throws InterruptedException   if the calling thread is interrupted
     */
    public int await(long time, TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        return enter(unit.toNanos(time));
    }

    private int enter(long nanos) throws InterruptedException, BrokenBarrierException {
        condition.lock().lockInterruptibly();
        try {
            while (get(STATE) == DRAINING || get(STATE) == RESETTING) {
                condition.await();
            }
            if (get(STATE) == BROKEN) {
                throw new BrokenBarrierException("the barrier is broken");
            }
            int index = get(COUNT);
            set(COUNT, index + 1);
            try {
                if (index + 1 == parties) {
                    become(DRAINING);
                } else {
                    waitForOthers(nanos);
                }
                return index;
            } finally {
                leave();
            }
        } finally {
            condition.lock().unlock();
            Reference.reachabilityFence(this);
        }
    }

    private void waitForOthers(long nanos) throws InterruptedException, BrokenBarrierException {
        long left = nanos;
        while (get(STATE) == FILLING) {
            if (left <= 0) {
                become(BROKEN);
                throw new BrokenBarrierException("the others did not come in time");
            }
            left = condition.awaitNanos(left);
        }
        if (get(STATE) != DRAINING) {
            throw new BrokenBarrierException(get(STATE) == BROKEN ? "the barrier is broken" : "the barrier was reset");
        }
    }

    private void leave() {
        if (!condition.lock().isHeldByCurrentThread()) {
            // The process on whose behalf this thread waited is ending.
            return;
        }
        set(COUNT, get(COUNT) - 1);
        if (get(COUNT) == 0 && (get(STATE) == DRAINING || get(STATE) == RESETTING)) {
            become(FILLING);
        }
    }

    private void become(int state) {
        set(STATE, state);
        condition.signalAll();
    }

    /** Makes the barrier a new one; those that wait get a {@link BrokenBarrierException}. */
    public void reset() {
        condition.lock().lock();
        try {
            if (get(COUNT) == 0) {
                become(FILLING);
            } else {
                become(get(STATE) == DRAINING ? DRAINING : RESETTING);
            }
        } finally {
            condition.lock().unlock();
        }
    }

    /** Breaks the barrier. */
    public void abort() {
        condition.lock().lock();
        try {
            become(BROKEN);
        } finally {
            condition.lock().unlock();
        }
    }

    /** {@return how many wait now; that may change at any time} */
    public int numberWaiting() {
        try {
            return get(STATE) == FILLING ? get(COUNT) : 0;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@return whether the barrier is broken; that may change at any time} */
    public boolean isBroken() {
        try {
            return get(STATE) == BROKEN;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedBarrier barrier && barrier.condition.equals(condition);
    }

    @Override
    public int hashCode() {
        return condition.hashCode();
    }
}
