package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Hosts that are opened and closed leave nothing on the heap. Every round shares objects and starts a process, unless it is one of
 * many short ones that start none; {@code -Dpolyproc.rounds=1000} makes all of a thousand rounds start one.
 */
class HostRoundsTest {

    /** How many short rounds there are. */
    private static final int ROUNDS = 1000;

    /** How many rounds start a process; each takes a new engine that has parsed nothing. */
    private static final int FULL_ROUNDS = Integer.getInteger("polyproc.rounds", 8);

    /** Rounds before the heap is measured first: caches of the JVM and of GraalPy are filled by then. */
    private static final int WARM_UP = 8;

    /** What a thousand hosts, of which each left two kilobytes, would exceed; the cleaners of the last ones may still be at work. */
    private static final long ALLOWED_BYTES = 2 << 20;

    /** What all full rounds together may leave: their engines and interpreters, of which each round has one, take several times as much. */
    private static final long ALLOWED_BYTES_OF_FULL_ROUNDS = 24 << 20;

    @Test
    void aThousandHostsLeaveNothing() {
        for (int i = 0; i < WARM_UP * 10; i++) {
            shortRound();
        }
        long begin = System.nanoTime();
        long before = usedHeap();
        for (int i = 0; i < ROUNDS; i++) {
            shortRound();
        }
        long grown = usedHeap() - before;
        System.out.printf("%d rounds without a process: heap %+d KiB, %d ms a round%n", ROUNDS, grown >> 10,
                (System.nanoTime() - begin) / 1_000_000 / ROUNDS);
        assertTrue(grown < ALLOWED_BYTES, () -> "the heap grew by " + grown);
    }

    private static void shortRound() {
        try (PythonHost host = PythonHost.create()) {
            host.array('d', 100).asDoubleBuffer().put(7, 1.5);
            host.lock().lock();
            host.queue().size();
            assertTrue(host.sharedBytes() > 0);
        }
    }

    @Test
    void norDoHostsWithProcesses() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            fullRound();
        }
        long begin = System.nanoTime();
        long before = usedHeap();
        for (int i = 0; i < FULL_ROUNDS; i++) {
            fullRound();
        }
        long grown = usedHeap() - before;
        System.out.printf("%d rounds with a process: heap %+d KiB, %d ms a round%n", FULL_ROUNDS, grown >> 10,
                (System.nanoTime() - begin) / 1_000_000 / FULL_ROUNDS);
        assertTrue(grown < ALLOWED_BYTES_OF_FULL_ROUNDS, () -> "the heap grew by " + grown);
    }

    private static void fullRound() throws InterruptedException {
        NewThreads threads = new NewThreads();
        PythonProcess process;
        try (PythonHost host = PythonHost.create()) {
            process = host.start(PythonProgram.code("import multiprocessing; value = multiprocessing.Value('i', 7)"));
            assertEquals(new ExitStatus(0), process.waitFor());
            assertEquals(7, process.value("value").getLong());
            process.close();
            assertEquals(0, host.processes().count());
        }
        // A process's thread closes its interpreter when everybody has heard of the process's end.
        threads.assertEnd();
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        // Cleaners run between collections, and free what the next one finds.
        for (int i = 0; i < 8; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
