package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Closing a host ends all that it has, whatever that does, and soon. */
class BoundedCloseTest {

    /** How many processes there are. */
    private static final int PROCESSES = 50;

    /** What it takes on a machine that does nothing else is some hundred milliseconds. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void nothingIsLeftOfFiftyProcesses() throws Exception {
        Set<Thread> before = threads();
        PythonHost host = PythonHost.builder().context(FunctionHost::context).err(err).preparedProcesses(0).build();
        SharedSemaphore ready = host.semaphore(0);
        host.start("closing", "start", PROCESSES, ready);
        for (int i = 0; i < PROCESSES; i++) {
            assertTrue(ready.tryAcquire(2, TimeUnit.MINUTES), () -> err.toString(StandardCharsets.UTF_8));
        }
        assertEquals(PROCESSES + 1, host.processes().filter(PythonProcess::isAlive).count());
        assertTrue(host.sharedBytes() > 0);

        long begin = System.nanoTime();
        host.close();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("closing a host with " + PROCESSES + " busy processes took " + taken.toMillis() + " ms");

        assertEquals(0, host.processes().filter(PythonProcess::isAlive).count());
        assertEquals(0, host.sharedBytes());
        Set<Thread> left = threads();
        left.removeAll(before);
        // One that has nothing more to do may have a few instructions left.
        for (Thread thread : left) {
            thread.join(Duration.ofSeconds(1));
        }
        left.removeIf(thread -> !thread.isAlive());
        assertEquals(Set.of(), left.stream().map(Thread::getName).collect(Collectors.toSet()));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(taken.compareTo(LIMIT) < 0, () -> "it took " + taken);
    }

    /** All threads but those that the JVM, the JDK's timer and the one cleaner of all hosts have for ever. */
    private static Set<Thread> threads() {
        Set<String> shared = Set.of("polyproc-cleaner", "CompletableFutureDelayScheduler", "Common-Cleaner", "Attach Listener");
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !shared.contains(thread.getName())).collect(Collectors.toCollection(HashSet::new));
    }
}
