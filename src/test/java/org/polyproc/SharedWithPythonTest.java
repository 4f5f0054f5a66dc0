package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.FunctionHost.HOST;
import static org.polyproc.FunctionHost.join;
import static org.polyproc.FunctionHost.run;
import static org.polyproc.FunctionHost.startPartner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.polyproc.FunctionHost.Task;

/** Objects made by Java that two Python processes, one the child of the other, and threads of Java share. */
class SharedWithPythonTest {

    @Test
    void objectsOfJavaAreThoseOfMultiprocessing() throws Exception {
        Map<Object, String> types = Map.of(
                HOST.lock(), "synchronize.Lock", HOST.reentrantLock(), "synchronize.RLock",
                HOST.semaphore(3), "synchronize.Semaphore", HOST.boundedSemaphore(2), "synchronize.BoundedSemaphore",
                HOST.condition(), "synchronize.Condition", HOST.event(), "synchronize.Event",
                HOST.barrier(2), "synchronize.Barrier", HOST.value('i'), "sharedctypes.Synchronized",
                HOST.array('d', 3), "sharedctypes.SynchronizedArray", HOST.array('c', 3), "sharedctypes.SynchronizedString");
        List<Object> seen = new ArrayList<>();
        PythonCallback describe = words -> seen.add(words[0]);
        run("describe", Stream.concat(Stream.of(describe), types.keySet().stream()).toArray());
        assertEquals(types.values().stream().map("multiprocessing."::concat).toList(), seen);
    }

    @Test
    void processesAndThreadsCountUnderOneLock() throws Exception {
        for (SharedLock lock : List.of(HOST.lock(), HOST.reentrantLock())) {
            SharedValue number = HOST.value('l');
            try (PythonProcess process = startPartner("count_in_two_processes", lock, number, 1000)) {
                Task<Void> task = new Task<>(() -> countUp(lock, number));
                countUp(lock, number);
                task.join();
                join(process);
            }
            assertEquals(4000, number.getLong());
        }
    }

    private static Void countUp(SharedLock lock, SharedValue number) {
        for (int i = 0; i < 1000; i++) {
            lock.lock();
            try {
                number.setLong(number.getLong() + 1);
            } finally {
                lock.unlock();
            }
        }
        return null;
    }

    @Test
    void compareAndSetIsDoneUnderTheLockOfPython() throws Exception {
        SharedValue number = HOST.value('i');
        try (PythonProcess process = startPartner("count_under_own_lock", number, 1000)) {
            for (int i = 0; i < 1000; i++) {
                long seen;
                do {
                    seen = number.getLong();
                } while (!number.compareAndSet(seen, seen + 1));
                number.getAndAdd(1);
            }
            join(process);
        }
        assertEquals(3000, number.getLong());
    }

    @Test
    void aSemaphoreHasOneBoundForAll() throws Exception {
        SharedSemaphore semaphore = HOST.boundedSemaphore(2);
        SharedEvent taken = HOST.event();
        SharedEvent go = HOST.event();
        semaphore.acquire();
        try (PythonProcess process = startPartner("take_last", semaphore, taken, go)) {
            taken.await();
            assertFalse(semaphore.tryAcquire());
            semaphore.release();
            go.set();
            join(process);
        }
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void partiesOnBothSidesWakeEachOther() throws Exception {
        SharedCondition condition = HOST.condition();
        SharedValue number = HOST.value('i');
        int rounds = 50;
        try (PythonProcess process = startPartner("take_turns_in_two_processes", condition, number, rounds)) {
            for (int i = 0; i < rounds; i++) {
                condition.lock().lock();
                while (number.getLong() % 3 != 0) {
                    condition.await();
                }
                number.getAndAdd(1);
                condition.signalAll();
                condition.lock().unlock();
            }
            join(process);
        }
        assertEquals(3 * rounds, number.getLong());
    }

    @Test
    void aSignalWakesOneProcess() throws Exception {
        SharedCondition condition = HOST.condition();
        SharedSemaphore woken = HOST.semaphore(0);
        try (PythonProcess process = startPartner("wait_in_two_processes", condition, woken)) {
            woken.acquire();
            woken.acquire();
            for (int i = 0; i < 2; i++) {
                condition.lock().lock();
                assertFalse(woken.tryAcquire());
                condition.signal();
                condition.lock().unlock();
                woken.acquire();
            }
            join(process);
        }
        assertFalse(condition.lock().isLocked());
    }

    @Test
    void eventsAreAnsweredInBothDirections() throws Exception {
        SharedEvent request = HOST.event();
        SharedEvent response = HOST.event();
        SharedEvent ready = HOST.event();
        try (PythonProcess process = startPartner("answer_in_child", request, response, ready)) {
            ready.await();
            assertFalse(response.isSet());
            request.set();
            assertTrue(response.await(1, TimeUnit.HOURS));
            assertFalse(request.isSet());
            join(process);
        }
    }

    @Test
    void allPartiesOfABarrierMeet() throws Exception {
        SharedBarrier barrier = HOST.barrier(3);
        SharedArray numbers = HOST.array('i', 3);
        int rounds = 20;
        try (PythonProcess process = startPartner("meet_in_two_processes", barrier, numbers, rounds)) {
            for (int i = 0; i < rounds; i++) {
                numbers.setLong(0, i);
                barrier.await();
                for (int party = 0; party < 3; party++) {
                    assertEquals(i, numbers.getLong(party));
                }
                barrier.await();
            }
            join(process);
        }
        assertEquals(0, barrier.numberWaiting());
    }

    @Test
    void aBarrierBreaksForAll() throws Exception {
        SharedBarrier barrier = HOST.barrier(2);
        try (PythonProcess process = startPartner("be_broken", barrier)) {
            awaitOneAt(barrier);
            barrier.abort();
            awaitOneAt(barrier);
            barrier.reset();
            join(process);
        }
        assertTrue(barrier.isBroken());
        assertThrows(BrokenBarrierException.class, barrier::await);
    }

    private static void awaitOneAt(SharedBarrier barrier) {
        while (barrier.numberWaiting() != 1 && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void javaSeesWhatPythonWritesWithoutACopy() throws Exception {
        List<Object> arrays = new ArrayList<>();
        for (char code : "bBhHiIlLqQfdc".toCharArray()) {
            arrays.add(HOST.array(code, 2));
        }
        var ints = ((SharedArray) arrays.get(4)).asIntBuffer();
        var doubles = ((SharedArray) arrays.get(11)).asDoubleBuffer();
        PythonCallback look = _ -> {
            for (Object array : arrays.subList(0, arrays.size() - 1)) {
                assertEquals(1, ((SharedArray) array).getLong(0));
                assertEquals(2.0, ((SharedArray) array).getDouble(1));
            }
            assertEquals(2, ints.get(1));
            assertEquals(2.0, doubles.get(1));
            var text = ((SharedArray) arrays.getLast()).asByteBuffer();
            assertEquals("12", StandardCharsets.US_ASCII.decode(text).toString());
            ((SharedArray) arrays.getFirst()).setLong(0, 77);
            return null;
        };
        run("fill", look, arrays);
    }
}
