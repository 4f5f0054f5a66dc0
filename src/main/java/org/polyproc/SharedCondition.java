package org.polyproc;

import java.lang.ref.Reference;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A {@code multiprocessing.Condition}: threads of all processes, Java's own included, wait for it and wake each other.
 *
 * <p>Thread-safe. Every method but {@link #lock} is called by the owner of the lock and throws
 * {@link IllegalMonitorStateException} for others. Who is woken has acquired the lock again, as often as before, and sees all that
 * the others did under it. Waits end without a signal only when they are interrupted or their time is over. All methods throw
 * {@link IllegalStateException} after the host is closed, those that wait at that moment too.
 *
 * <p>As on CPython, who signals waits until those that it wakes have woken; a process that is killed while it waits for the
 * condition may make the next one that signals wait without end.
 */
public final class SharedCondition implements Condition {

    /* How CPython builds a condition. Only the owner of the lock lowers sleeping and woken, and finds wake at 0. */
    private final SharedLock lock;
    /** How many wait and were not signalled; those whose time was over are counted until the next signal. */
    private final KernelSemaphore sleeping;
    /** How many of those that waited have woken since the last signal. */
    private final KernelSemaphore woken;
    /** What is waited for. */
    private final KernelSemaphore wake;

    SharedCondition(SharedLock lock) {
        this(lock, counter(lock), counter(lock), counter(lock));
    }

    SharedCondition(SharedLock lock, KernelSemaphore sleeping, KernelSemaphore woken, KernelSemaphore wake) {
        this.lock = lock;
        this.sleeping = sleeping;
        this.woken = woken;
        this.wake = wake;
        lock.host().hold(this, sleeping);
        lock.host().hold(this, woken);
        lock.host().hold(this, wake);
    }

    private static KernelSemaphore counter(SharedLock lock) {
        return lock.host().kernel().semaphore(0, KernelSemaphore.MAX_VALUE);
    }

    /** {@return the lock} */
    public SharedLock lock() {
        return lock;
    }

    KernelSemaphore sleeping() {
        return sleeping;
    }

    KernelSemaphore woken() {
        return woken;
    }

    KernelSemaphore wake() {
        return wake;
    }

    /** A wait for {@link #wake}; returns whether it was successful. */
    private interface Sleep<E extends Exception> {
        boolean sleep() throws E;
    }

    private <E extends Exception> boolean release(Sleep<E> sleep) throws E {
        lock.checkMine();
        sleeping.release();
        int depth = lock.unlockAll();
        try {
            return sleep.sleep();
        } finally {
            woken.release();
            lock.lockAgain(depth);
            Reference.reachabilityFence(this);
        }
    }

    private boolean sleep(long nanos) throws InterruptedException {
        try {
            return wake.acquire(nanos);
        } catch (InterruptedException e) {
            if (!wake.tryAcquire()) {
                throw e;
            }
            // The signal came first. It must not be lost, so the interrupt is what is kept for later.
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Waits for a signal without limit.
     *
     * @throws InterruptedException if the calling thread is interrupted; it owns the lock again then
     */
    @Override
    public void await() throws InterruptedException {
        release(() -> sleep(Long.MAX_VALUE));
    }

    /**
     * Waits for a signal without limit. An interrupt does not end the wait and is kept; but in a callback of a process that is
     * being ended, the wait ends with an {@link IllegalStateException}.
     */
    @Override
    public void awaitUninterruptibly() {
        release(() -> {
            Waits.acquireUninterruptibly(wake);
            return true;
        });
    }

    /**
     * Waits for a signal for a limited time.
     *
     * @param nanos how long at most, in nanoseconds; 0 or less does not wait, but releases the lock for a moment
     * @return how many nanoseconds were left, 0 or less if the time was over
     * @throws InterruptedException if the calling thread is interrupted; it owns the lock again then
     */
    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        boolean signalled = await(nanos, TimeUnit.NANOSECONDS);
        long left = deadline - System.nanoTime();
        return signalled ? left : Math.min(left, 0);
    }

    /**
     * Waits for a signal for a limited time.
     *
     * @param time how long at most, in the given unit; 0 or less does not wait, but releases the lock for a moment
     * @return whether there was a signal before the time was over
     * @throws InterruptedException if the calling thread is interrupted; it owns the lock again then
     */
    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return release(() -> sleep(unit.toNanos(time)));
    }

    /**
     * Waits for a signal until a point in time.
     *
     * @return whether there was a signal before
     * @throws InterruptedException if the calling thread is interrupted; it owns the lock again then
     */
    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return await(deadline.getTime() - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
    }

    /** Wakes one of those that wait, in any process: {@code notify()}. Returns when it has woken. */
    @Override
    public void signal() {
        signal(1);
    }

    /** Wakes all that wait, in any process: {@code notify_all()}. Returns when they have woken. */
    @Override
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    private void signal(int limit) {
        lock.checkMine();
        if (wake.tryAcquire()) {
            throw new IllegalStateException("the condition is unusable: a process was killed while it signalled");
        }
        while (woken.tryAcquire()) {
            sleeping.tryAcquire();
        }
        int signalled = 0;
        while (signalled < limit && sleeping.tryAcquire()) {
            wake.release();
            signalled++;
        }
        for (int i = 0; i < signalled; i++) {
            Waits.acquireUninterruptibly(woken);
        }
        while (wake.tryAcquire()) {
            // Somebody's time was over just when it was signalled.
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedCondition condition && condition.wake == wake;
    }

    @Override
    public int hashCode() {
        return wake.hashCode();
    }
}
