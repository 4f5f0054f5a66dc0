package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.FunctionHost.HOST;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.polyproc.FunctionHost.Task;

/** An application whose threads all use one host, as those of a web server do. */
class ManyThreadsTest {

    private static final int THREADS = 8;
    private static final int REQUESTS = 50;

    @Test
    void eachStartsAProcessOfItsOwnAndTalksToIt() throws Exception {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long number = i;
            tasks.add(new Task<>(() -> talk(number)));
        }
        Set<Integer> pids = new HashSet<>();
        for (Task<Integer> task : tasks) {
            pids.add(task.join());
        }
        assertEquals(THREADS, pids.size());
        assertTrue(HOST.processes().noneMatch(process -> pids.contains(process.pid())));
    }

    private static int talk(long number) throws Exception {
        SharedQueue requests = HOST.queue(2);
        SharedQueue answers = HOST.queue();
        try (PythonProcess process = HOST.start("queues_with_java", "echo_all", requests, answers)) {
            assertTrue(HOST.processes().anyMatch(process::equals));
            for (long i = 0; i < REQUESTS; i++) {
                requests.put(List.of(number, i));
                assertEquals(List.of(number, i), answers.take());
            }
            requests.put(null);
            assertEquals(new ExitStatus(0), process.waitFor());
            return process.pid();
        }
    }

    @Test
    void allAskOneProcess() throws Exception {
        SharedQueue requests = HOST.queue();
        SharedQueue answers = HOST.queue();
        try (PythonProcess process = HOST.start("queues_with_java", "echo_all", requests, answers)) {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long number = i;
                tasks.add(new Task<>(() -> {
                    for (long j = 0; j < REQUESTS; j++) {
                        requests.put(number * REQUESTS + j);
                    }
                    return null;
                }));
            }
            Set<Object> seen = new HashSet<>();
            for (int i = 0; i < THREADS * REQUESTS; i++) {
                seen.add(answers.take());
            }
            for (Task<Void> task : tasks) {
                task.join();
            }
            assertEquals(THREADS * REQUESTS, seen.size());
            requests.put(null);
            assertEquals(new ExitStatus(0), process.waitFor());
        }
    }
}
