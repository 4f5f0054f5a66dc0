package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
        NewThreads threads = new NewThreads();
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
        threads.assertEnd();
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(taken.compareTo(LIMIT) < 0, () -> "it took " + taken);
    }
}
