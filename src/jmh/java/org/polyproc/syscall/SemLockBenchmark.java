package org.polyproc.syscall;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.trace.EventRecording;

/** What it costs that a process's lock could be, or is, traced and watched, beside the lock itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SemLockBenchmark {

    /** Whether the flight recorder records. */
    @Param({"off", "on"})
    private String recording;

    private final Kernel kernel = new Kernel(2);
    private KernelSemaphore semaphore;
    private SemLock lock;
    private Path file;
    private EventRecording recorder;

    private static final class Idle implements ProcessBody {

        private final CompletableFuture<Integer> end = new CompletableFuture<>();

        @Override
        public int run(VirtualProcess self) {
            return end.join();
        }

        @Override
        public void cancel() {
            end.complete(0);
        }

        @Override
        public void wake() {
            // It gets no signals.
        }
    }

    /** Makes a process that has a lock, and begins to record. */
    @Setup(Level.Trial)
    public void begin() throws Exception {
        VirtualProcess process = kernel.processes().start(null, "idle", List.of(), new Idle());
        semaphore = process.descriptors().hold(kernel.semaphore(1, 1));
        lock = new SemLock(process, semaphore, false);
        file = Files.createTempFile("benchmark", ".jfr");
        recorder = recording.equals("on") ? EventRecording.start(file, false) : null;
    }

    /** Ends all that was begun. */
    @TearDown(Level.Trial)
    public void end() throws Exception {
        if (recorder != null) {
            recorder.close();
        }
        kernel.close();
        Files.delete(file);
    }

    /** The process's lock. */
    @Benchmark
    public int lock() {
        return lock.acquireQuickly() ? lock.release() : -1;
    }

    /** The kernel's lock below it, which knows nothing of that. */
    @Benchmark
    public boolean semaphore() {
        return semaphore.tryTake() && semaphore.tryGiveBack() && semaphore.hasWaiters();
    }
}
