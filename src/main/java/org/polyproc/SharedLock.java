package org.polyproc;

import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A {@code multiprocessing.Lock} or, if {@linkplain #isReentrant reentrant}, a {@code multiprocessing.RLock}: held by one thread
 * of any process, Java's own included, at a time. A thread of Java's that Python calls ({@link PythonCallback}) is the thread of
 * Python: it owns what Python acquired there.
 *
 * <p>The rules are CPython's. A reentrant lock is released by its owner as often as it was acquired. One that is not reentrant
 * blocks its owner too, and may be released by any thread. The end of a thread or process releases no lock.
 *
 * <p>Thread-safe. What a thread did before it released the lock is visible to whoever acquires it next, be it Java or Python. All
 * methods throw {@link IllegalStateException} after the host is closed, those that wait at that moment too. Two objects are equal
 * if they stand for the same lock.
 */
public final class SharedLock implements Lock {

    private final Holdings host;
    private final KernelSemaphore semaphore;
    private final boolean reentrant;

    SharedLock(Holdings host, KernelSemaphore semaphore, boolean reentrant) {
        this.host = host;
        this.semaphore = semaphore;
        this.reentrant = reentrant;
        host.hold(this, semaphore);
    }

    Holdings host() {
        return host;
    }

    KernelSemaphore semaphore() {
        return semaphore;
    }

    /**
     * Acquires the lock, waiting for it without limit. An interrupt does not end the wait and is kept; but in a callback of a
     * process that is being ended, the wait ends with an {@link IllegalStateException}.
     */
    @Override
    public void lock() {
        if (!(reentrant && semaphore.reenter())) {
            Waits.acquireUninterruptibly(semaphore);
        }
        Reference.reachabilityFence(this);
    }

    /**
     * Acquires the lock, waiting for it without limit.
     *
     * @throws InterruptedException if the calling thread is interrupted; the lock is not acquired then
     */
    @Override
    public void lockInterruptibly() throws InterruptedException {
        checkInterrupt();
        if (!(reentrant && semaphore.reenter())) {
            semaphore.acquire();
        }
        Reference.reachabilityFence(this);
    }

    /** Acquires the lock if it is free, without waiting; returns whether it did. */
    @Override
    public boolean tryLock() {
        return reentrant && semaphore.reenter() || semaphore.tryAcquire();
    }

    /**
     * Acquires the lock, waiting for it for a limited time.
     *
     * @param time how long at most, in the given unit; 0 or less does not wait
     * @return whether it was acquired
     * @throws InterruptedException if the calling thread is interrupted; the lock is not acquired then
     */
    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        checkInterrupt();
        boolean acquired = reentrant && semaphore.reenter() || semaphore.acquire(unit.toNanos(time));
        Reference.reachabilityFence(this);
        return acquired;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * Releases the lock.
     *
     * @throws IllegalMonitorStateException if it is reentrant and the calling thread does not own it, or if it is free
     */
    @Override
    public void unlock() {
        // A callback that lost a condition's lock because its process is ending must not release what is another's by now.
        if (reentrant || VirtualProcess.isCallerEnding()) {
            checkMine();
        }
        if (reentrant && semaphore.leave()) {
            return;
        }
        if (!semaphore.release()) {
            throw new IllegalMonitorStateException("a lock that is free can't be released");
        }
    }

    /** Throws {@link IllegalMonitorStateException} if the calling thread does not own the lock. */
    void checkMine() {
        if (!semaphore.isMine()) {
            semaphore.checkAlive();
            throw new IllegalMonitorStateException("the calling thread must own the lock: thread="
                    + Thread.currentThread().getName());
        }
    }

    /** Releases the lock, which the calling thread owns, however often that acquired it; returns how often. */
    int unlockAll() {
        int depth = semaphore.depth();
        while (semaphore.leave()) {
            // One acquisition less.
        }
        semaphore.release();
        return depth;
    }

    /** Acquires the lock again, as often as {@link #unlockAll} says. */
    void lockAgain(int depth) {
        Waits.acquireUninterruptibly(semaphore);
        for (int i = 1; i < depth; i++) {
            semaphore.reenter();
        }
    }

    /** Returns a new condition of this lock, which is a {@code multiprocessing.Condition}. */
    @Override
    public SharedCondition newCondition() {
        return new SharedCondition(this);
    }

    /** {@return whether the thread that owns the lock may acquire it again, as that of an {@code RLock} may} */
    public boolean isReentrant() {
        return reentrant;
    }

    /** {@return whether the calling thread acquired the lock and nobody has released it since} */
    public boolean isHeldByCurrentThread() {
        return semaphore.isMine();
    }

    /** {@return whether the lock is held by anybody; that may change at any time} */
    public boolean isLocked() {
        return semaphore.value() == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedLock lock && lock.semaphore == semaphore;
    }

    @Override
    public int hashCode() {
        return semaphore.hashCode();
    }
}
