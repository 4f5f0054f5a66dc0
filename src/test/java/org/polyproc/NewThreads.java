package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that have begun since a moment: what a test has started and expects to end. */
final class NewThreads {

    /** What the names of the threads begin with that GraalPy has for every interpreter. */
    static final String GRAALPY = "python-actions-";

    /** What the names of the threads begin with that the JVM, the JDK's pool and the one cleaner of all hosts have for good. */
    private static final Set<String> SHARED =
            Set.of("polyproc-cleaner", "ForkJoinPool.commonPool", "CompletableFutureDelayScheduler", "Common-Cleaner", "Attach Listener");

    /** How long a thread may take for the few instructions that it has left. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Returns those whose names begin with a prefix. */
    Set<Thread> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix) && !before.contains(thread)
                        && SHARED.stream().noneMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    /** Waits for their ends. */
    void assertEnd() throws InterruptedException {
        for (Thread thread : named("")) {
            assertTrue(thread.join(PATIENCE), () -> thread + " has not ended");
        }
    }
}
