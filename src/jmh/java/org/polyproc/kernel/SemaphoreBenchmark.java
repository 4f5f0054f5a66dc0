package org.polyproc.kernel;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.polyproc.kernel.sync.KernelSemaphore;

/** Taking and giving back a unit of a semaphore that has one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SemaphoreBenchmark {

    private final KernelSemaphore kernel = new KernelSemaphore(1, 1, 1);
    private final Semaphore jdk = new Semaphore(1);

    /** Keeps the semaphore alive. */
    public SemaphoreBenchmark() {
        kernel.retain();
    }

    /** The kernel's, which nobody else wants. */
    @Benchmark
    public void kernel() throws InterruptedException {
        takeAndGive();
    }

    /** The kernel's, which another thread wants all the time. */
    @Benchmark
    @Threads(2)
    public void kernelContended() throws InterruptedException {
        takeAndGive();
    }

    private void takeAndGive() throws InterruptedException {
        kernel.acquire();
        kernel.release();
    }

    /** The JDK's, which knows no owner and no bound, and which nobody else wants. */
    @Benchmark
    public void jdk() throws InterruptedException {
        jdk.acquire();
        jdk.release();
    }

    /** The JDK's, which another thread wants all the time. */
    @Benchmark
    @Threads(2)
    public void jdkContended() throws InterruptedException {
        jdk.acquire();
        jdk.release();
    }
}
