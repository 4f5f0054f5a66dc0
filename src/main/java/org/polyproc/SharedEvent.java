package org.polyproc;

import java.util.concurrent.TimeUnit;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A {@code multiprocessing.Event}: a flag for which threads of all processes, Java's own included, wait. What is set once only is
 * a latch.
 *
 * <p>Thread-safe. What a thread did before it set the event is visible to who sees it set. All methods throw
 * {@link IllegalStateException} after the host is closed, those that wait at that moment too. Two objects are equal if they stand
 * for the same event.
 */
public final class SharedEvent {

    /* How CPython builds an event: the flag has one unit if it is set, and changes under the condition's lock. */
    private final SharedCondition condition;
    private final KernelSemaphore flag;

    SharedEvent(Holdings host) {
        this(new SharedLock(host, host.kernel().semaphore(1, 1), false).newCondition(),
                host.kernel().semaphore(0, KernelSemaphore.MAX_VALUE));
    }

    SharedEvent(SharedCondition condition, KernelSemaphore flag) {
        this.condition = condition;
        this.flag = flag;
        condition.lock().host().hold(this, flag);
    }

    SharedCondition condition() {
        return condition;
    }

    KernelSemaphore flag() {
        return flag;
    }

    /** {@return whether the event is set; that may change at any time} */
    public boolean isSet() {
        condition.lock().lock();
        try {
            return flag.value() > 0;
        } finally {
            condition.lock().unlock();
        }
    }

    /** Sets the event and wakes all that wait for it. */
    public void set() {
        condition.lock().lock();
        try {
            flag.tryAcquire();
            flag.release();
            condition.signalAll();
        } finally {
            condition.lock().unlock();
        }
    }

    /** Clears the event: who waits from now on waits until it is set again. */
    public void clear() {
        condition.lock().lock();
        try {
            flag.tryAcquire();
        } finally {
            condition.lock().unlock();
        }
    }

    /**
     * Waits without limit until the event is set.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void await() throws InterruptedException {
        await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until the event is set, for a limited time, in which the moments that the event's own lock is waited for don't count.
     *
     * @param time how long at most, in the given unit; 0 or less does not wait
     * @param unit the unit of the time
     * @return whether the event was set before the time was over
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        condition.lock().lockInterruptibly();
        try {
            return flag.value() > 0 || condition.await(time, unit) || flag.value() > 0;
        } finally {
            condition.lock().unlock();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedEvent event && event.flag == flag;
    }

    @Override
    public int hashCode() {
        return flag.hashCode();
    }
}
