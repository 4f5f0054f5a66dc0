package org.polyproc.kernel.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.polyproc.kernel.KernelObject;

/**
 * A counting semaphore with an upper bound, the counterpart of a POSIX {@code sem_t}: any thread of any process may release
 * it, and the death of a holder does not.
 *
 * <p>Thread-safe. What a thread did before {@link #release} is visible to the thread whose acquire takes that unit. Waiters
 * are queued in the order of their arrival, but a thread that finds a unit free may take it before them.
 *
 * <p>A semaphore of at most one unit is a lock and knows its owner, the thread that took the unit, whichever object of
 * whichever process it took it through; the owner may take the unit again ({@link #reenter}) if its program so wishes.
 *
 * <p>When the last holder of the semaphore is gone, whoever waits for it, or uses it later, gets an
 * {@link IllegalStateException}.
 */
public final class KernelSemaphore extends KernelObject {

    /** The highest bound, Linux's {@code SEM_VALUE_MAX}. */
    public static final int MAX_VALUE = Integer.MAX_VALUE;

    private final Sync sync;
    private final int maxValue;

    /*
     * Who took the only unit, and how often. Written by the owner only, while it has the unit, in opaque mode: between owners, the
     * unit's own atomic accesses order the writes, and others only want to know what is or has just been. So taking and giving
     * back a free unit costs one atomic access each.
     */
    private Thread owner;
    private int depth;

    private static final VarHandle OWNER;
    private static final VarHandle DEPTH;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(KernelSemaphore.class, "owner", Thread.class);
            DEPTH = lookup.findVarHandle(KernelSemaphore.class, "depth", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

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
        return sync.tryAcquireShared(1) >= 0 && taken();
    }

    /**
     * Takes a unit if that needs nothing but one atomic access, which can be compiled into its caller: without waiting, and without
     * throwing anything.
     *
     * @return false if no unit is free, or if nobody holds the semaphore any more
     */
    public boolean tryTake() {
        if (!sync.tryTake()) {
            return false;
        }
        own();
        return true;
    }

    /**
     * Gives a unit back, as {@link #release} does, if that needs nothing but one atomic access, which can be compiled into its caller.
     * If {@link #hasWaiters} is true afterwards, {@link #wakeNext} has to be called.
     *
     * @return false, with nothing changed, if the value already is at its bound, or if nobody holds the semaphore any more
     */
    public boolean tryGiveBack() {
        disown();
        return sync.tryReleaseShared(1);
    }

    /** Returns whether somebody waits for a unit. */
    public boolean hasWaiters() {
        return sync.hasQueuedThreads();
    }

    /** Makes who waits longest look whether a unit is free. */
    public void wakeNext() {
        sync.releaseShared(0);
    }

    /**
     * Takes a unit, waiting for one.
     *
     * @throws InterruptedException if the thread is interrupted; no unit is taken then
     */
    public void acquire() throws InterruptedException {
        sync.acquireSharedInterruptibly(1);
        taken();
    }

    /**
     * Takes a unit, waiting for one for a limited time.
     *
     * @param timeoutNanos how long at most, in nanoseconds; 0 or less does not wait
     * @return whether a unit was taken
     * @throws InterruptedException if the thread is interrupted; no unit is taken then
     */
    public boolean acquire(long timeoutNanos) throws InterruptedException {
        return sync.tryAcquireSharedNanos(1, timeoutNanos) && taken();
    }

    private boolean taken() {
        checkAlive();
        own();
        return true;
    }

    private void own() {
        if (maxValue == 1) {
            DEPTH.setOpaque(this, 1);
            OWNER.setOpaque(this, Thread.currentThread());
        }
    }

    /** Called before the unit is free and has its next owner. If it is free already, there is no owner. */
    private void disown() {
        if (maxValue == 1) {
            OWNER.setOpaque(this, (Thread) null);
        }
    }

    /** Throws {@link IllegalStateException} if the last holder is gone. */
    public void checkAlive() {
        if (sync.value() == Sync.DESTROYED) {
            throw new IllegalStateException("a semaphore that nobody holds any more can't be used: id=" + id());
        }
    }

    /**
     * Gives a unit back.
     *
     * @return false, with nothing changed, if the value already is at its bound
     */
    public boolean release() {
        checkAlive();
        disown();
        return sync.releaseShared(1);
    }

    /** Returns the thread that took the only unit; null if nobody did, or if there may be more than one unit. */
    public Thread owner() {
        return (Thread) OWNER.getOpaque(this);
    }

    /** Returns whether the calling thread took the only unit and has not given it back. */
    public boolean isMine() {
        return owner() == Thread.currentThread();
    }

    /** Returns how often the owner took the only unit without giving it back; of no meaning if there is no owner. */
    public int depth() {
        return (int) DEPTH.getOpaque(this);
    }

    /**
     * Takes the only unit once more, if the calling thread owns it; to be given back by {@link #leave}.
     *
     * @return whether it does
     */
    public boolean reenter() {
        return isMine() && setDepth(depth() + 1);
    }

    /**
     * Gives back what {@link #reenter} took. Called by the owner.
     *
     * @return false if there is nothing left but the unit itself
     */
    public boolean leave() {
        return depth() > 1 && setDepth(depth() - 1);
    }

    private boolean setDepth(int times) {
        DEPTH.setOpaque(this, times);
        return true;
    }

    /** Returns how many units are free; another thread may change it at any time. */
    public int value() {
        return Math.max(sync.value(), 0);
    }

    /** Returns the bound. */
    public int maxValue() {
        return maxValue;
    }

    @Override
    protected void destroy() {
        sync.releaseShared(Sync.DESTROYED);
    }

    /** The state is the number of free units, or {@link #DESTROYED}, for which nobody waits any longer. */
    private static final class Sync extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1L;
        static final int DESTROYED = -1;
        private final int maxValue;

        Sync(int value, int maxValue) {
            this.maxValue = maxValue;
            setState(value);
        }

        int value() {
            return getState();
        }

        boolean tryTake() {
            int free = getState();
            while (free > 0 && !compareAndSetState(free, free - 1)) {
                free = getState();
            }
            return free > 0;
        }

        @Override
        protected int tryAcquireShared(int units) {
            for (;;) {
                int free = getState();
                if (free == DESTROYED) {
                    return 1;
                }
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
            if (units == DESTROYED) {
                setState(DESTROYED);
                return true;
            }
            for (;;) {
                int free = getState();
                if (free == DESTROYED || free > maxValue - units) {
                    return false;
                }
                if (compareAndSetState(free, free + units)) {
                    return true;
                }
            }
        }
    }
}
