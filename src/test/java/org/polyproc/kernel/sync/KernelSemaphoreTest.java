package org.polyproc.kernel.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KernelSemaphoreTest {

    @Test
    void unitsAreTakenAndGivenBackWithinTheBound() {
        KernelSemaphore semaphore = new KernelSemaphore(1, 2, 2);
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        assertEquals(0, semaphore.value());
        assertTrue(semaphore.release());
        assertTrue(semaphore.release());
        assertFalse(semaphore.release(), "a release above the bound must be refused");
        assertEquals(2, semaphore.value());
    }

    @Test
    void aTimedAcquireEndsWithoutAUnit() throws InterruptedException {
        KernelSemaphore semaphore = new KernelSemaphore(1, 0, 1);
        long start = System.nanoTime();
        assertFalse(semaphore.acquire(TimeUnit.MILLISECONDS.toNanos(20)));
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20));
        assertFalse(semaphore.acquire(-1));
    }

    @Test
    void aWaiterTakesWhatAnotherThreadReleases() throws Exception {
        KernelSemaphore semaphore = new KernelSemaphore(1, 0, 1);
        FutureTask<Boolean> waiter = new FutureTask<>(() -> semaphore.acquire(TimeUnit.MINUTES.toNanos(1)));
        Thread.ofPlatform().start(waiter);
        assertTrue(semaphore.release());
        assertTrue(waiter.get());
        assertEquals(0, semaphore.value());
    }

    @Test
    void anInterruptedWaiterTakesNothing() throws Exception {
        KernelSemaphore semaphore = new KernelSemaphore(1, 0, 1);
        FutureTask<Void> waiter = new FutureTask<>(() -> {
            assertThrows(InterruptedException.class, semaphore::acquire);
            return null;
        });
        Thread thread = Thread.ofPlatform().start(waiter);
        thread.interrupt();
        waiter.get();
        assertTrue(semaphore.release());
        assertEquals(1, semaphore.value());
    }

    @Test
    void aLockExcludes() throws Exception {
        KernelSemaphore lock = new KernelSemaphore(1, 1, 1);
        int[] counter = {0};
        int threads = 4;
        int rounds = 50_000;
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                start.await();
                for (int i = 0; i < rounds; i++) {
                    lock.acquire();
                    counter[0]++;
                    lock.release();
                }
                return null;
            });
            tasks.add(task);
            Thread.ofPlatform().start(task);
        }
        start.countDown();
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        assertEquals(threads * rounds, counter[0]);
    }

    @Test
    void aValueOutsideItsBoundsIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new KernelSemaphore(1, 3, 2));
        assertEquals("semaphore value must be 0 to 2: value=3", e.getMessage());
    }

    @Test
    void aSemaphoreOfOneUnitKnowsItsOwner() throws Exception {
        KernelSemaphore lock = new KernelSemaphore(1, 1, 1);
        assertFalse(lock.reenter(), "who has not taken it can't take it again");
        assertTrue(lock.tryAcquire());
        assertTrue(lock.reenter());
        assertEquals(2, lock.depth());
        FutureTask<Boolean> other = new FutureTask<>(() -> lock.isMine() || lock.reenter() || lock.tryAcquire());
        Thread.ofPlatform().start(other);
        assertFalse(other.get());
        assertTrue(lock.isMine());
        assertTrue(lock.leave());
        assertFalse(lock.leave(), "the unit itself is released, not left");
        assertTrue(lock.release());
        assertFalse(lock.isMine());
        assertFalse(lock.release());
    }

    @Test
    void theEndOfASemaphoreEndsItsWaits() throws Exception {
        KernelSemaphore semaphore = new KernelSemaphore(7, 0, 1);
        semaphore.retain();
        List<FutureTask<Exception>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FutureTask<Exception> waiter =
                    new FutureTask<>(() -> assertThrows(IllegalStateException.class, semaphore::acquire));
            Thread.ofPlatform().start(waiter);
            waiters.add(waiter);
        }
        semaphore.drop();
        for (FutureTask<Exception> waiter : waiters) {
            assertEquals("a semaphore that nobody holds any more can't be used: id=7", waiter.get().getMessage());
        }
        assertThrows(IllegalStateException.class, semaphore::release);
        assertThrows(IllegalStateException.class, semaphore::tryAcquire);
    }
}
