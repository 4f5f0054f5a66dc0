package org.polyproc.kernel;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;

/** What a process costs before there is any Python in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProcessBenchmark {

    private static final long FOREVER = Long.MAX_VALUE;

    private static final class Nothing implements ProcessBody {
        @Override
        public int run(VirtualProcess self) {
            return 0;
        }

        @Override
        public void cancel() {
            // It ends by itself.
        }

        @Override
        public void wake() {
            // It gets no signals.
        }
    }

    private final ProcessTable processes = new ProcessTable(1, 2);

    /** A process that does nothing, from its start to its end. */
    @Benchmark
    public Object startAndWait() throws InterruptedException {
        VirtualProcess process = processes.start(null, "nothing", List.of(), new Nothing());
        return process.waitFor(FOREVER);
    }

    /** A platform thread that does nothing, from its start to its end. */
    @Benchmark
    public void startAndJoinThread() throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(() -> { });
        thread.join();
    }
}
