package org.polyproc;

import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A {@code multiprocessing.Semaphore} or {@code BoundedSemaphore}: a number of units that threads of all processes, Java's own
 * included, acquire and release.
 *
 * <p>Thread-safe. What a thread did before it released a unit is visible to who acquires that unit. All methods throw
 * {@link IllegalStateException} after the host is closed, those that wait at that moment too. Two objects are equal if they stand
 * for the same semaphore.
 */
public final class SharedSemaphore {

    private final Holdings host;
    private final KernelSemaphore semaphore;

    SharedSemaphore(Holdings host, KernelSemaphore semaphore) {
        this.host = host;
        this.semaphore = semaphore;
        host.hold(this, semaphore);
    }

    Holdings host() {
        return host;
    }

    KernelSemaphore semaphore() {
        return semaphore;
    }

    /**
     * Acquires a unit, waiting for it without limit.
     *
     * @throws InterruptedException if the calling thread is interrupted; nothing is acquired then
     */
    public void acquire() throws InterruptedException {
        semaphore.acquire();
        Reference.reachabilityFence(this);
    }

    /**
     * Acquires a unit, waiting for it without limit. An interrupt does not end the wait and is kept; but in a callback of a
     * process that is being ended, the wait ends with an {@link IllegalStateException}.
     */
    public void acquireUninterruptibly() {
        Waits.acquireUninterruptibly(semaphore);
        Reference.reachabilityFence(this);
    }

    /**
     * Acquires a unit if one is free, without waiting.
     *
     * @return whether it did
     */
    public boolean tryAcquire() {
        return semaphore.tryAcquire();
    }

    /**
     * Acquires a unit, waiting for it for a limited time.
     *
     * @param time how long at most, in the given unit of time; 0 or less does not wait
     * @param unit the unit of the time
     * @return whether a unit was acquired
     * @throws InterruptedException if the calling thread is interrupted; nothing is acquired then
     */
    public boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException {
        boolean acquired = semaphore.acquire(unit.toNanos(time));
        Reference.reachabilityFence(this);
        return acquired;
    }

    /**
     * Releases a unit, whoever acquired it.
     *
     * @throws IllegalStateException if the value already is at its bound
     */
    public void release() {
        if (!semaphore.release()) {
            throw new IllegalStateException("the value must not exceed its bound: bound=" + semaphore.maxValue());
        }
    }

    /** {@return how many units are free; that may change at any time} */
    public int availablePermits() {
        return semaphore.value();
    }

    /** {@return whether the semaphore is a {@code BoundedSemaphore}: its value must not exceed the first one} */
    public boolean isBounded() {
        return semaphore.maxValue() != KernelSemaphore.MAX_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedSemaphore that && that.semaphore == semaphore;
    }

    @Override
    public int hashCode() {
        return semaphore.hashCode();
    }
}
