package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.polyproc.compare.Comparison;
import org.polyproc.compare.Lines;
import org.polyproc.compare.OutputLine;
import org.polyproc.compare.SideBySide;
import org.polyproc.compare.Verdict;

/** What the tutorial promises: the published output each time, true parallelism, and no work while everybody sleeps. */
class TutorialTest {

    private static final Path SCRIPT = Path.of("python-scripts/day37_lock_shared_memory.py");
    private static final Path PUBLISHED = Path.of("python-scripts/day37_lock_shared_memory.expected.txt");

    private static final int HOSTS = 4;
    private static final int RUNS_EACH = 5;

    private static PythonHost.Builder host(PythonHost.LineListener onLine) {
        return PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL))
                .out(OutputStream.nullOutputStream())
                .onLine(onLine);
    }

    @Test
    void twentyRunsPrintAnOutputThatIsEquivalentToThePublishedOne() throws Exception {
        List<String> published = Lines.split(Files.readString(PUBLISHED));
        List<FutureTask<Void>> hosts = IntStream.range(0, HOSTS)
                .mapToObj(i -> new FutureTask<Void>(() -> runAndCompare(published))).toList();
        hosts.forEach(host -> Thread.ofPlatform().start(host));
        for (FutureTask<Void> host : hosts) {
            host.get();
        }
    }

    private static Void runAndCompare(List<String> published) throws InterruptedException {
        List<OutputLine> lines = Collections.synchronizedList(new ArrayList<>());
        try (PythonHost host = host((pid, process, line) -> lines.add(new OutputLine(pid, process, line))).build()) {
            for (int run = 0; run < RUNS_EACH; run++) {
                lines.clear();
                assertEquals(new ExitStatus(0), host.run(PythonProgram.script(SCRIPT)));
                Verdict verdict = Comparison.compare(published, List.copyOf(lines));
                assertInstanceOf(Verdict.Equivalent.class, verdict, () -> SideBySide.DEFAULT.render(verdict));
                assertEquals(3, lines.stream().map(OutputLine::pid).distinct().count(), "the third process prints nothing");
            }
        }
        return null;
    }

    @Test
    void twoProcessesComputeAtTheSameTime() throws InterruptedException {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5 && best > 1.3; round++) {
            TestHost.Result result = TestHost.script("parallel.py");
            assertEquals(0, result.status().exitCode(), result.err());
            best = Math.min(best, Double.parseDouble(result.out().strip()));
        }
        // One after the other they would take twice the time of one.
        assertTrue(best < 1.7, "two processes took " + best + " times the time of one");
    }

    @Test
    void sleepingProcessesUseNoProcessor() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (PythonHost host = host((pid, process, line) -> lines.add(line)).build();
                PythonProcess process = host.start(
                        PythonProgram.script(Path.of("src/test/python/sleepers.py")))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("sleeping", lines.take());
            }
            long before = processorNanos();
            assertEquals("awake", lines.take());
            long used = processorNanos() - before;
            process.waitFor();
            // Two seconds are slept; a single busy waiter would use all of them.
            assertTrue(used < 500_000_000, "processor time used while sleeping: " + used / 1_000_000 + " ms");
        }
    }

    /** Returns the processor time of the threads that execute processes. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("polyproc-"))
                .mapToLong(thread -> Math.max(threads.getThreadCpuTime(thread.threadId()), 0)).sum();
    }
}
