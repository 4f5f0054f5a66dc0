package org.polyproc.kernel.channel;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits until at least one of several things is ready: the kernel's {@code poll(2)}. The waiting thread sleeps until one of
 * them calls; nobody looks again and again.
 */
public final class WaitSet {

    private WaitSet() {
    }

    /**
     * Waits.
     *
     * @param things       what to wait for
     * @param timeoutNanos how long at most, in nanoseconds; 0 or less does not wait
     * @return those that are ready, in the given order; empty after the timeout
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static <T extends Waitable> List<T> await(List<T> things, long timeoutNanos) throws InterruptedException {
        List<T> ready = ready(things);
        if (!ready.isEmpty() || timeoutNanos <= 0) {
            return ready;
        }
        long start = System.nanoTime();
        Semaphore calls = new Semaphore(0);
        Runnable listener = calls::release;
        things.forEach(thing -> thing.addListener(listener));
        try {
            // Looked at again after the listener is there, so that what became ready in between is not missed.
            for (ready = ready(things); ready.isEmpty(); ready = ready(things)) {
                if (!calls.tryAcquire(timeoutNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
                    return ready(things);
                }
                calls.drainPermits();
            }
            return ready;
        } finally {
            things.forEach(thing -> thing.removeListener(listener));
        }
    }

    private static <T extends Waitable> List<T> ready(List<T> things) {
        return things.stream().filter(Waitable::isReady).toList();
    }
}
