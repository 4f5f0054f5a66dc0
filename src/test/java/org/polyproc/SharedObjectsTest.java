package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyproc.FunctionHost.Task;

/** Shared objects among threads of Java; no process takes part. */
class SharedObjectsTest {

    private static final PythonHost HOST = PythonHost.create();

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static void assertMessage(String message, Class<? extends Exception> type, Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }

    @Test
    void aReentrantLockIsReleasedByItsOwnerAsOftenAsAcquired() throws Exception {
        SharedLock lock = HOST.reentrantLock();
        assertTrue(lock.isReentrant());
        lock.lock();
        lock.lockInterruptibly();
        assertTrue(lock.tryLock() && lock.tryLock(0, TimeUnit.SECONDS));
        assertTrue(lock.isHeldByCurrentThread());
        new Task<>(() -> {
            assertTrue(lock.isLocked());
            assertFalse(lock.tryLock() || lock.tryLock(1, TimeUnit.MILLISECONDS) || lock.isHeldByCurrentThread());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            return null;
        }).join();
        for (int i = 0; i < 4; i++) {
            assertTrue(lock.isLocked());
            lock.unlock();
        }
        assertFalse(lock.isLocked());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    @Test
    void aLockBlocksItsOwnerAndIsReleasedByAnybody() throws Exception {
        SharedLock lock = HOST.lock();
        assertFalse(lock.isReentrant());
        lock.lock();
        assertFalse(lock.tryLock());
        assertFalse(lock.tryLock(1, TimeUnit.MILLISECONDS));
        new Task<>(() -> {
            lock.unlock();
            return null;
        }).join();
        assertFalse(lock.isLocked() || lock.isHeldByCurrentThread());
        assertMessage("a lock that is free can't be released", IllegalMonitorStateException.class, lock::unlock);
    }

    @Test
    void aSemaphoreHasABound() throws Exception {
        SharedSemaphore bounded = HOST.boundedSemaphore(2);
        bounded.acquire();
        bounded.acquireUninterruptibly();
        assertEquals(0, bounded.availablePermits());
        assertFalse(bounded.tryAcquire() || bounded.tryAcquire(1, TimeUnit.MILLISECONDS));
        bounded.release();
        bounded.release();
        assertMessage("the value must not exceed its bound: bound=2", IllegalStateException.class, bounded::release);
        assertTrue(bounded.isBounded());
        SharedSemaphore unbounded = HOST.semaphore(0);
        unbounded.release();
        assertTrue(unbounded.tryAcquire(1, TimeUnit.HOURS));
        assertFalse(unbounded.isBounded());
        assertThrows(IllegalArgumentException.class, () -> HOST.semaphore(-1));
        assertMessage("the bound of a semaphore must be positive: value=0", IllegalArgumentException.class,
                () -> HOST.boundedSemaphore(0));
    }

    @Test
    void aConditionWakesAsManyAsAreSignalled() throws Exception {
        SharedCondition condition = HOST.condition();
        SharedLock lock = condition.lock();
        SharedSemaphore waiting = HOST.semaphore(0);
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(new Task<>(() -> {
                lock.lock();
                lock.lock();
                waiting.release();
                condition.await();
                assertTrue(lock.isHeldByCurrentThread());
                lock.unlock();
                assertTrue(lock.isHeldByCurrentThread(), "acquired as often as before the wait");
                waiting.release();
                lock.unlock();
                return lock.isHeldByCurrentThread();
            }));
            waiting.acquire();
        }
        // Who holds the lock now knows that the others wait.
        lock.lock();
        condition.signal();
        lock.unlock();
        waiting.acquire();
        lock.lock();
        assertEquals(0, waiting.availablePermits(), "one was signalled");
        condition.signalAll();
        lock.unlock();
        for (Task<Boolean> task : tasks) {
            assertFalse(task.join());
        }
    }

    @Test
    void aWaitForAConditionIsOverInTime() throws Exception {
        SharedCondition condition = HOST.condition();
        condition.lock().lock();
        assertFalse(condition.await(1, TimeUnit.MILLISECONDS));
        assertTrue(condition.awaitNanos(1000) <= 0);
        assertFalse(condition.awaitUntil(new Date()));
        // Those whose time was over are not signalled.
        condition.signalAll();
        Task<Boolean> waiter = new Task<>(() -> {
            condition.lock().lock();
            boolean inTime = condition.awaitNanos(Long.MAX_VALUE) > 0;
            condition.lock().unlock();
            return inTime;
        });
        condition.awaitNanos(TimeUnit.MILLISECONDS.toNanos(20));
        condition.lock().unlock();
        signalUntilDone(condition, waiter);
        assertMessage("the calling thread must own the lock: thread=" + Thread.currentThread().getName(),
                IllegalMonitorStateException.class, condition::signal);
        assertThrows(IllegalMonitorStateException.class, condition::await);
        assertThrows(IllegalMonitorStateException.class, condition::awaitUninterruptibly);
    }

    private static void signalUntilDone(SharedCondition condition, Task<Boolean> waiter) throws Exception {
        SharedEvent done = HOST.event();
        Task<Boolean> join = new Task<>(() -> {
            boolean result = waiter.join();
            done.set();
            return result;
        });
        while (!done.await(1, TimeUnit.MILLISECONDS)) {
            condition.lock().lock();
            condition.signal();
            condition.lock().unlock();
        }
        assertTrue(join.join());
    }

    @Test
    void anEventIsALatchUntilItIsCleared() throws Exception {
        SharedEvent event = HOST.event();
        assertFalse(event.isSet() || event.await(1, TimeUnit.MILLISECONDS));
        Task<Boolean> waiter = new Task<>(() -> {
            event.await();
            return event.isSet();
        });
        event.set();
        event.set();
        assertTrue(waiter.join());
        event.await();
        event.clear();
        event.clear();
        assertFalse(event.isSet() || event.await(0, TimeUnit.SECONDS));
    }

    @Test
    void aBarrierBreaksWhenTheTimeIsOver() throws Exception {
        SharedBarrier barrier = HOST.barrier(2, Duration.ofMillis(1));
        assertMessage("the others did not come in time", BrokenBarrierException.class, barrier::await);
        assertTrue(barrier.isBroken());
        assertMessage("the barrier is broken", BrokenBarrierException.class, () -> barrier.await(1, TimeUnit.HOURS));
        barrier.reset();
        assertFalse(barrier.isBroken());
        Task<Integer> other = new Task<>(() -> barrier.await(1, TimeUnit.HOURS));
        assertEquals(1, barrier.await(1, TimeUnit.HOURS) + other.join());
        barrier.abort();
        assertTrue(barrier.isBroken());
        assertMessage("the number of parties must be positive: parties=0", IllegalArgumentException.class, () -> HOST.barrier(0));
    }

    @Test
    void abortAndResetEndTheWaitsForABarrier() throws Exception {
        SharedBarrier barrier = HOST.barrier(2);
        Task<Exception> aborted = new Task<>(() -> assertThrows(BrokenBarrierException.class, barrier::await));
        awaitOneAt(barrier);
        barrier.abort();
        assertEquals("the barrier is broken", aborted.join().getMessage());
        barrier.reset();
        Task<Exception> reset = new Task<>(() -> assertThrows(BrokenBarrierException.class, barrier::await));
        awaitOneAt(barrier);
        barrier.reset();
        assertEquals("the barrier was reset", reset.join().getMessage());
        Task<Void> left = new Task<>(() -> {
            assertThrows(InterruptedException.class, barrier::await);
            return null;
        });
        awaitOneAt(barrier);
        left.interrupt();
        left.join();
        assertFalse(barrier.isBroken());
        assertEquals(0, barrier.numberWaiting());
    }

    private static void awaitOneAt(SharedBarrier barrier) {
        while (barrier.numberWaiting() != 1) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anInterruptEndsEveryWait() throws Exception {
        SharedLock lock = HOST.reentrantLock();
        lock.lock();
        SharedSemaphore semaphore = HOST.semaphore(0);
        SharedEvent event = HOST.event();
        SharedBarrier barrier = HOST.barrier(2);
        SharedCondition condition = HOST.condition();
        List<Callable<?>> waits = List.of(
                () -> { lock.lockInterruptibly(); return null; },
                () -> lock.tryLock(1, TimeUnit.HOURS),
                () -> { semaphore.acquire(); return null; },
                () -> semaphore.tryAcquire(1, TimeUnit.HOURS),
                () -> { event.await(); return null; },
                () -> event.await(1, TimeUnit.HOURS),
                barrier::await,
                () -> {
                    condition.lock().lock();
                    try {
                        condition.await();
                        return null;
                    } finally {
                        assertTrue(condition.lock().isHeldByCurrentThread());
                        condition.lock().unlock();
                    }
                });
        for (Callable<?> wait : waits) {
            Task<?> task = new Task<>(wait);
            task.interrupt();
            assertThrows(InterruptedException.class, task::join);
        }
        Task<Boolean> patient = new Task<>(() -> {
            lock.lock();
            lock.unlock();
            semaphore.acquireUninterruptibly();
            return Thread.interrupted();
        });
        patient.interrupt();
        lock.unlock();
        semaphore.release();
        assertTrue(patient.join(), "the interrupt is kept");
        assertFalse(lock.isLocked());
    }

    @Test
    void whatIsDoneUnderTheLockIsOneStep() throws Exception {
        SharedValue integer = HOST.value('i');
        SharedValue real = HOST.value('d');
        SharedArray array = HOST.array('h', 2);
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(new Task<>(() -> {
                for (int step = 0; step < 1000; step++) {
                    integer.getAndAdd(2);
                    array.getAndAdd(1, -1);
                    double seen;
                    do {
                        seen = real.getDouble();
                    } while (!real.compareAndSet(seen, seen + 0.5));
                    long other;
                    do {
                        other = integer.getLong();
                    } while (!integer.compareAndSet(other, other - 1));
                }
                return null;
            }));
        }
        for (Task<?> task : tasks) {
            task.join();
        }
        assertEquals(4000, integer.getLong());
        assertEquals(2000.0, real.getDouble());
        assertEquals(-4000, array.getLong(1));
        assertEquals(0, array.getLong(0));
        assertTrue(integer.getLock().isReentrant());
        assertFalse(integer.getLock().isLocked());
    }

    @Test
    void numbersAreConvertedAsTheTypeSays() {
        SharedValue real = HOST.value('f');
        assertEquals(0.0, real.getAndAdd(1.5));
        assertEquals(1, real.getAndAdd(2));
        assertEquals(3.5, real.getDouble());
        assertFalse(real.compareAndSet(3, 4));
        assertTrue(real.compareAndSet(3.5, 4));
        SharedValue small = HOST.value('B');
        assertEquals(0, small.getAndAdd(300));
        assertEquals(44, small.getLong());
        assertEquals("44", small.toString());
        assertFalse(small.compareAndSet(43, 0));
        assertTrue(small.compareAndSet(44, -1));
        assertEquals(255, small.getLong());
        assertEquals(255.0, small.getAndAdd(-0.5));
        assertEquals(254, small.getLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"b 1", "B 1", "c 1", "? 1", "h 2", "H 2", "i 4", "I 4", "u 4", "l 8", "L 8", "q 8", "Q 8", "f 4", "d 8"})
    void aTypeCodeIsACType(String codeAndSize) {
        SharedArray array = HOST.array(codeAndSize.charAt(0), 3);
        assertEquals(3L * (codeAndSize.charAt(2) - '0'), array.memory().byteSize());
        array.setLong(2, 7);
        assertEquals(7, array.getLong(2));
        assertThrows(IndexOutOfBoundsException.class, () -> array.getLong(3));
        assertThrows(IndexOutOfBoundsException.class, () -> array.compareAndSet(-1, 0, 0));
        assertFalse(array.getLock().isLocked());
    }

    @Test
    void viewsAreNoCopies() {
        SharedArray ints = HOST.array('I', 2);
        ints.asIntBuffer().put(1, 5);
        assertEquals(5, ints.getLong(1));
        assertEquals(5, ints.memory().getAtIndex(ValueLayout.JAVA_INT, 1));
        SharedArray shorts = HOST.array('h', 2);
        shorts.asShortBuffer().put(1, (short) -6);
        assertEquals(-6, shorts.getLong(1));
        SharedArray longs = HOST.array('q', 2);
        longs.asLongBuffer().put(1, 7);
        assertEquals(7, longs.getLong(1));
        SharedArray floats = HOST.array('f', 2);
        floats.asFloatBuffer().put(1, 0.5f);
        assertEquals(0.5, floats.getDouble(1));
        SharedArray doubles = HOST.array('d', 2);
        doubles.asDoubleBuffer().put(1, 0.1);
        assertEquals(0.1, doubles.getDouble(1));
        assertEquals(16, doubles.asByteBuffer().remaining());
        assertMessage("the elements must be 32-bit integers: format=FLOAT32", IllegalStateException.class, floats::asIntBuffer);
        assertMessage("the elements must be 64-bit real numbers: format=FLOAT32", IllegalStateException.class,
                floats::asDoubleBuffer);
        assertEquals(0, HOST.array('i', 0).length());
        assertMessage("the length of an array must not be negative: length=-1", IllegalArgumentException.class,
                () -> HOST.array('i', -1));
        assertMessage("the type code must be one of cubBhHiIlLqQfd?: typeCode=x", IllegalArgumentException.class,
                () -> HOST.value('x'));
    }

    @Test
    void whatIsGarbageIsFreed() {
        MemorySegment memory = HOST.array('i', 1000).memory();
        SharedArray kept = HOST.array('i', 1000);
        for (int i = 0; i < 1000 && memory.scope().isAlive(); i++) {
            System.gc();
        }
        assertFalse(memory.scope().isAlive());
        assertEquals(0, kept.getLong(999));
    }

    @Test
    void theEndOfTheHostEndsWhatItShared() throws Exception {
        PythonHost host = PythonHost.create();
        SharedLock lock = host.lock();
        lock.lock();
        SharedValue value = host.value('i');
        SharedBarrier barrier = host.barrier(2);
        CountDownLatch started = new CountDownLatch(3);
        List<Task<?>> waiters = new ArrayList<>();
        for (Executable wait : List.<Executable>of(lock::lock, barrier::await, host.event()::await)) {
            waiters.add(new Task<>(() -> {
                started.countDown();
                return assertThrows(IllegalStateException.class, wait);
            }));
        }
        started.await();
        host.close();
        for (Task<?> waiter : waiters) {
            assertInstanceOf(IllegalStateException.class, waiter.join());
        }
        assertThrows(IllegalStateException.class, lock::tryLock);
        assertThrows(IllegalStateException.class, value::getLong);
        assertThrows(IllegalStateException.class, barrier::isBroken);
        assertMessage("a closed host shares nothing", IllegalStateException.class, host::lock);
        assertMessage("a closed host shares nothing", IllegalStateException.class, () -> host.value('i'));
    }

    @Test
    void onlyTheSameIsEqual() {
        assertNotEquals(HOST.lock(), HOST.lock());
        assertNotEquals(HOST.value('i'), HOST.value('i'));
        SharedLock lock = HOST.lock();
        assertEquals(lock, HOST.condition(lock).lock());
        assertNotEquals(lock.newCondition(), lock.newCondition());
    }

    @Test
    void onlyWhatCanBePassedIsTaken() {
        String kinds = "Python can be given null, Boolean, Integer, Long, Double, String, byte[], List, Map, PythonCallback and the "
                + "shared objects of org.polyproc: class=";
        assertMessage(kinds + "java.lang.Object", IllegalArgumentException.class,
                () -> PythonProgram.function("m", "f", new Object()));
        assertMessage(kinds + "java.math.BigInteger", IllegalArgumentException.class,
                () -> PythonProgram.function("m", "f", List.of(java.math.BigInteger.ONE)));
        assertMessage("the keys of a map must be strings: key=1", IllegalArgumentException.class,
                () -> PythonProgram.function("m", "f", java.util.Map.of(1, 2)));
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertMessage("what Python is given must not contain itself: class=java.util.ArrayList", IllegalArgumentException.class,
                () -> PythonProgram.function("m", "f", itself));
        List<Object> twice = List.of(1);
        PythonProgram.function("m", "f", List.of(twice, twice));
        PythonHost other = PythonHost.create();
        for (Object shared : List.of(HOST.lock(), HOST.semaphore(0), HOST.condition(), HOST.event(), HOST.barrier(1),
                HOST.value('i'), List.of(HOST.array('i', 1)))) {
            Exception e = assertThrows(IllegalArgumentException.class,
                    () -> other.start(PythonProgram.function("m", "f", shared)));
            assertTrue(e.getMessage().startsWith("different hosts share nothing: class=org.polyproc.Shared"), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> other.condition(HOST.lock()));
        other.close();
    }
}
