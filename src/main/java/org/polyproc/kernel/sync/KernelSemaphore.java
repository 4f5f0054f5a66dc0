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
 * <p>A lock that was released by another thread than its owner is marked as handed over: it is used as a signal between threads, and
 * its owner need not be who releases it next.
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

    private final LockHold hold = new LockHold();

    private volatile boolean handedOver;
    private volatile Abandonment abandonment;

    /**
     * The end of a process that held a lock.
     *
     * @param owner which of its threads held it
     * @param pid   the process's number
     * @param name  the process's name
     */
    public record Abandonment(Thread owner, int pid, String name) { }

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
        if (isOthers() || hold.isNoted()) {
            noteRelease();
        }
        disown();
        return sync.releaseShared(1);
    }

    /** Returns whether the only unit was taken by another thread than the calling one. */
    public boolean isOthers() {
        Thread last = owner();
        return last != null && last != Thread.currentThread();
    }

    /**
     * Notes, for the trace and for reports, that a lock is about to be released; for who calls {@link #tryGiveBack} then, if
     * {@link #isOthers} or {@link LockHold#isNoted}.
     */
    public void noteRelease() {
        if (isOthers()) {
            handedOver = true;
        }
        hold.end(true, id(), sync.getQueueLength());
    }

    /**
     * Waits until a unit is free, without taking it; who asks for it then may find that another was quicker.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitFree() throws InterruptedException {
        sync.acquireSharedInterruptibly(Sync.LOOK);
        checkAlive();
    }

    // What is known of a lock's owner

    /** Returns what is known of the present hold of a lock, for the trace and for reports. */
    public LockHold hold() {
        return hold;
    }

    /**
     * Ends a hold, as {@link #noteRelease} does, if it was its owner's and too short to be recorded, by nothing but a look at a clock,
     * which can be compiled into its caller.
     *
     * @return false, with nothing done, if it may have to be recorded
     */
    public boolean endShortHold() {
        return !isOthers() && hold.endShortly();
    }

    /**
     * Notes that the process has ended whose thread owns the lock.
     *
     * @param thread which thread that is
     */
    public void abandon(Thread thread, int pid, String name) {
        abandonment = new Abandonment(thread, pid, name);
        hold.end(false, id(), sync.getQueueLength());
    }

    /** Returns whose end left the lock held, or null if its owner lives or there is none. */
    public Abandonment abandonment() {
        Abandonment last = abandonment;
        return last != null && last.owner == owner() ? last : null;
    }

    /** Returns which line of the program took the lock, "file:line"; null if nobody needed to know, or it is free. */
    public String heldSince() {
        return hold.where();
    }

    /** Returns whether the semaphore is a lock: it has one unit and knows its owner. */
    public boolean isLock() {
        return maxValue == 1;
    }

    /** Returns whether the lock was ever released by another thread than its owner. */
    public boolean isHandedOver() {
        return handedOver;
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
        /** No number of units: to wait for one without taking it. */
        static final int LOOK = 0;
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
                if (units == LOOK) {
                    return free - 1;
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
