package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.FunctionHost.HOST;
import static org.polyproc.FunctionHost.err;
import static org.polyproc.FunctionHost.run;
import static org.polyproc.FunctionHost.start;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Functions that Java calls and callbacks that Python calls. */
class PythonFunctionTest {

    @Test
    void argumentsArriveAndComeBack() throws Exception {
        List<Object> sent = Arrays.asList(null, true, 1, Long.MIN_VALUE, 1.0, Double.NaN, "t\u00e4\0\ud83d\ude00", new byte[] {1, -1},
                List.of(1, List.of()), Map.of("a", 2.5));
        List<Object> got = new ArrayList<>();
        PythonCallback callback = arguments -> got.addAll(Arrays.asList(arguments));
        run("echo", new ArrayList<>(List.of(callback, sent)).toArray());
        List<?> back = (List<?>) got.getFirst();
        assertNull(back.getFirst());
        assertEquals(List.of(true, 1L, Long.MIN_VALUE, 1.0, Double.NaN, "t\u00e4\0\ud83d\ude00"), back.subList(1, 7));
        assertEquals("[1, -1]", Arrays.toString((byte[]) back.get(7)));
        assertEquals(List.of(List.of(1L, List.of()), Map.of("a", 2.5)), back.subList(8, 10));
    }

    @Test
    void resultsArrive() throws Exception {
        run("round_trip", (PythonCallback) arguments -> arguments.length == 0 ? null : arguments[0]);
    }

    @Test
    void aFunctionEndsAsAScriptDoes() throws Exception {
        try (PythonProcess process = start("divide", 1, 0)) {
            assertEquals(1, process.waitFor().exitCode());
            List<String> lines = err().lines().toList();
            assertEquals("Traceback (most recent call last):", lines.getFirst());
            assertTrue(lines.get(1).contains("shared_objects.py\", line "), err());
            assertEquals("ZeroDivisionError: division by zero", lines.getLast());
        }
        try (PythonProcess process = start("divide", 1, 2)) {
            assertEquals(0, process.waitFor().exitCode(), "what it returns does not count");
        }
        try (PythonProcess process = start("exit_with", 3)) {
            assertEquals(3, process.waitFor().exitCode());
        }
        try (PythonProcess process = start("no_such_function")) {
            assertEquals(1, process.waitFor().exitCode());
            assertTrue(err().endsWith("AttributeError: module 'shared_objects' has no attribute 'no_such_function'\n"), err());
        }
        try (PythonProcess process = HOST.start(PythonProgram.function("no_such.module", "f"))) {
            assertEquals(1, process.waitFor().exitCode());
            assertTrue(err().endsWith("ModuleNotFoundError: No module named 'no_such'\n"), err());
        }
    }

    @Test
    void whatPythonMadeIsSharedWithJava() throws Exception {
        List<Object> kept = new ArrayList<>();
        PythonCallback use = objects -> {
            kept.addAll(Arrays.asList(objects));
            SharedLock lock = assertInstanceOf(SharedLock.class, objects[0]);
            assertTrue(lock.isHeldByCurrentThread() && !lock.isReentrant());
            assertTrue(assertInstanceOf(SharedLock.class, objects[1]).isReentrant());
            SharedSemaphore semaphore = assertInstanceOf(SharedSemaphore.class, objects[2]);
            assertTrue(semaphore.tryAcquire() && !semaphore.isBounded());
            assertTrue(assertInstanceOf(SharedSemaphore.class, objects[3]).isBounded());
            assertEquals(lock, assertInstanceOf(SharedCondition.class, objects[4]).lock());
            ((SharedCondition) objects[4]).signal();
            assertInstanceOf(SharedEvent.class, objects[5]).set();
            SharedBarrier barrier = assertInstanceOf(SharedBarrier.class, objects[6]);
            assertEquals(60, barrier.timeout().orElseThrow().toSeconds());
            new FunctionHost.Task<>(barrier::await);
            SharedValue value = assertInstanceOf(SharedValue.class, objects[7]);
            assertEquals(5, value.getAndAdd(1));
            SharedArray array = assertInstanceOf(SharedArray.class, objects[8]);
            assertEquals(lock, array.getLock());
            array.setDouble(0, 2.5);
            SharedArray raw = assertInstanceOf(SharedArray.class, objects[9]);
            raw.setLong(0, 'x');
            assertEquals("an object without a lock has none",
                    org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, raw::getLock).getMessage());
            return null;
        };
        run("create", use);
        SharedLock lock = (SharedLock) kept.getFirst();
        assertFalse(lock.isLocked());
        assertTrue(lock.tryLock(), "Java holds the lock when the process has ended");
        assertEquals(6, ((SharedValue) kept.get(7)).getLong());
        assertEquals(2.5, ((SharedArray) kept.get(8)).getDouble(0));
    }

    @Test
    void aCallbackOwnsWhatItsThreadOwns() throws Exception {
        SharedLock lock = HOST.reentrantLock();
        SharedCondition condition = HOST.condition(HOST.lock());
        PythonCallback reenter = _ -> {
            assertTrue(lock.isHeldByCurrentThread());
            lock.lock();
            lock.unlock();
            return lock.isReentrant();
        };
        PythonCallback signal = _ -> {
            condition.signalAll();
            return null;
        };
        PythonCallback acquire = _ -> {
            lock.lock();
            lock.lock();
            return null;
        };
        PythonCallback release = _ -> {
            lock.unlock();
            return null;
        };
        run("own", lock, condition, reenter, signal, acquire, release);
        assertFalse(lock.isLocked());
    }

    @Test
    void whatDoesNotWorkIsOneClearException() throws Exception {
        PythonCallback fails = arguments -> {
            if (arguments[0] == null) {
                throw new IllegalCallerException();
            }
            throw new java.io.IOException((String) arguments[0]);
        };
        PythonCallback returnsThread = _ -> Thread.currentThread();
        String returned = "Python can be given null, Boolean, Integer, Long, Double, String, byte[], List, Map, PythonCallback and the "
                + "shared objects of org.polyproc: class=java.lang.Thread";
        run("fail", fails, returnsThread, returned, HOST.lock());
    }

    @Test
    void onlyTheCallbackIsReachable() throws Exception {
        String right = "a part of a node must be of the right type: index=1";
        run("reach", (PythonCallback) arguments -> arguments.length, List.of(
                "the arguments of a callback must be a list", "the arguments of a callback must be a list",
                "the arguments of a callback must be a list", "a node is required", "a node is required",
                "unknown node: tag=no tag", "a node must have all its parts: parts=1", right, right, right,
                "the process must hold what it names: KernelSemaphore id=%(other)d",
                "a lock must have one unit: units=2147483647",
                "the process must hold what it names: Segment id=%(lock)d", "a node must have all its parts: parts=2"));
    }

    @Test
    void threadsCallAtTheSameTime() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        run("call_in_threads", (PythonCallback) _ -> (long) barrier.await(), 3);
        assertFalse(barrier.isBroken());
    }

    @Test
    void aProcessIsKilledWhileItsCallbackWaits() throws Exception {
        SharedLock lock = HOST.lock();
        lock.lock();
        SharedCondition condition = HOST.condition();
        List<PythonCallback> waits = List.of(
                _ -> new CountDownLatch(1).await(1, TimeUnit.HOURS),
                _ -> { lock.lock(); return null; },
                _ -> {
                    condition.lock().lock();
                    try {
                        condition.awaitUninterruptibly();
                        return null;
                    } finally {
                        condition.lock().unlock();
                    }
                });
        for (PythonCallback wait : waits) {
            CountDownLatch called = new CountDownLatch(1);
            PythonCallback callback = arguments -> {
                called.countDown();
                return wait.call(arguments);
            };
            try (PythonProcess process = start("echo", callback)) {
                called.await();
                process.kill();
                assertEquals(OptionalInt.of(9), process.waitFor().signal());
            }
        }
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(condition.lock().isLocked());
    }

    @Test
    void aDaemonThatWaitsInACallbackEndsWithItsProcess() throws Exception {
        SharedLock lock = HOST.lock();
        lock.lock();
        SharedEvent called = HOST.event();
        AtomicReference<Exception> end = new AtomicReference<>();
        PythonCallback callback = _ -> {
            called.set();
            try {
                lock.lock();
            } catch (IllegalStateException e) {
                end.set(e);
                throw e;
            }
            return null;
        };
        run("call_in_daemon", callback, called);
        assertEquals("the process that waits here is being ended", end.get().getMessage());
        assertTrue(lock.isHeldByCurrentThread());
    }
}
