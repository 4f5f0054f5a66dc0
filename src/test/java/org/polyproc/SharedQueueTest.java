package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.FunctionHost.HOST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyproc.FunctionHost.Task;

/** Queues that Java and Python processes share. */
class SharedQueueTest {

    private static PythonProcess start(String function, Object... arguments) {
        return HOST.start("queues_with_java", function, arguments);
    }

    private static Object take(SharedQueue queue) throws InterruptedException {
        return queue.poll(1, TimeUnit.MINUTES);
    }

    @Test
    void childrenTakeWhatJavaPutsAndAnswer() throws Exception {
        SharedQueue requests = HOST.queue();
        SharedQueue answers = HOST.queue();
        try (PythonProcess process = start("echo_in_children", requests, answers, 2)) {
            Set<Object> expected = new HashSet<>();
            for (long number = 0; number < 500; number++) {
                requests.put(List.of(number, "n" + number));
                expected.add(List.of(number, "n" + number));
            }
            Set<Object> seen = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                seen.add(answers.take());
            }
            requests.put(null);
            requests.put(null);
            assertEquals(new ExitStatus(0), process.waitFor());
            assertEquals(expected, seen);
        }
        assertTrue(requests.isEmpty() && answers.isEmpty());
        assertEquals(0, answers.size());
    }

    @Test
    void plainDataArrivesAsItIs() throws Exception {
        SharedQueue queue = HOST.queue();
        try (PythonProcess process = start("put_types", queue)) {
            assertEquals(new ExitStatus(0), process.waitFor());
        }
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            taken.add(take(queue));
        }
        assertArrayEquals(new byte[] {0, -1}, (byte[]) taken.remove(7));
        assertEquals(Arrays.asList(null, true, 0L, -1L, 1L << 40, 1.5, "a\u00e4\ud83d\ude00", List.of(), List.of(1L, List.of(2L)),
                List.of(1L, List.of(2L, 3L)), Map.of("a", Collections.singletonMap("b", null)),
                List.of(List.of("x"), List.of("x"))), taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "set | found opcode 0x8f",
        "big | an int for Java must fit into 64 bits",
        "key | keys of a dict for Java must be str",
        "object | found queues_with_java.queue_error",
    })
    void whatJavaCantBeGivenIsTakenAndRefused(String what, String message) throws Exception {
        SharedQueue queue = HOST.queue();
        try (PythonProcess process = start("put", queue, what)) {
            assertEquals(new ExitStatus(0), process.waitFor());
        }
        queue.put("next");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, queue::take);
        assertTrue(e.getMessage().endsWith(message), e.getMessage());
        assertEquals("next", take(queue));
    }

    @Test
    void itHasAsManyPlacesAsItWasMadeFor() throws Exception {
        SharedQueue queue = HOST.queue(3);
        List<Object> full = new ArrayList<>();
        PythonCallback callback = arguments -> full.add(arguments[0]);
        try (PythonProcess process = start("fill", queue, callback)) {
            assertEquals(new ExitStatus(0), process.waitFor());
        }
        assertEquals(List.of(3L), full);
        assertEquals(3, queue.size());
        assertEquals(3, queue.capacity());
        assertFalse(queue.offer(7));
        assertFalse(queue.offer(7, 1, TimeUnit.MILLISECONDS));
        Task<Void> waiting = new Task<>(() -> {
            queue.put(7);
            return null;
        });
        assertEquals(0L, queue.take());
        waiting.join();
        assertEquals(List.of(1L, 2L, 7L), List.of(queue.take(), queue.take(), queue.take()));
        assertNull(queue.poll(0, TimeUnit.SECONDS));
        assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
        assertTrue(queue.offer(8));
    }

    @Test
    void aQueueOfPythonsHasATwin() throws Exception {
        List<Object> seen = new ArrayList<>();
        PythonCallback callback = arguments -> {
            SharedQueue queue = (SharedQueue) arguments[0];
            seen.add(queue.capacity());
            seen.add(queue.take());
            queue.put(List.of("from", "Java"));
            return null;
        };
        try (PythonProcess process = start("make", callback)) {
            assertEquals(new ExitStatus(0), process.waitFor());
        }
        assertEquals(List.of(5, "from Python"), seen);
    }

    @Test
    void threadsOfJavaKeepTheOrder() throws Exception {
        SharedQueue queue = HOST.queue();
        Task<Void> producer = new Task<>(() -> {
            for (long number = 0; number < 10_000; number++) {
                queue.put(number);
            }
            return null;
        });
        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(queue.take());
        }
        producer.join();
        assertEquals(LongStream.range(0, 10_000).boxed().toList(), seen);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        SharedQueue queue = HOST.queue(1);
        Task<Object> taking = new Task<>(queue::take);
        taking.interrupt();
        assertThrows(InterruptedException.class, taking::join);
        queue.put("first");
        Task<Void> putting = new Task<>(() -> {
            queue.put("second");
            return null;
        });
        putting.interrupt();
        assertThrows(InterruptedException.class, putting::join);
        assertEquals("first", take(queue));
        assertTrue(queue.offer("third"));
        assertEquals("third", take(queue));
    }

    @Test
    void closingTheHostEndsAllWaits() throws Exception {
        Task<Object> taking;
        SharedQueue queue;
        try (PythonHost host = PythonHost.builder().context(FunctionHost::context).preparedProcesses(0).build()) {
            queue = host.queue();
            SharedSemaphore begun = host.semaphore(0);
            host.start("queues_with_java", "wait", queue, begun);
            begun.acquire();
            taking = new Task<>(queue::take);
        }
        assertThrows(IllegalStateException.class, taking::join);
        assertThrows(IllegalStateException.class, queue::take);
        assertThrows(IllegalStateException.class, () -> queue.put(1));
    }

    @Test
    void whatItTakesAndIsMadeOfIsChecked() {
        SharedQueue queue = HOST.queue();
        assertEquals("the capacity of a queue must be positive: capacity=0",
                assertThrows(IllegalArgumentException.class, () -> HOST.queue(0)).getMessage());
        SharedLock lock = HOST.lock();
        assertEquals("a queue takes plain data only: class=org.polyproc.SharedLock",
                assertThrows(IllegalArgumentException.class, () -> queue.put(lock)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> queue.put(new Object()));
        assertEquals(0, queue.size());
        assertNotEquals(queue, HOST.queue());
    }
}
