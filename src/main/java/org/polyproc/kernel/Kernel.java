package org.polyproc.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * One kernel: a process table, and the factory of the objects that its processes share. Kernels in the same JVM know nothing
 * of each other. Thread-safe.
 */
public final class Kernel implements AutoCloseable {

    private final ProcessTable processes;
    private final AtomicInteger lastId = new AtomicInteger();

    /**
     * @param maxProcesses how many processes may be alive at once, at least 1
     */
    public Kernel(int maxProcesses) {
        this.processes = new ProcessTable((int) ProcessHandle.current().pid(), maxProcesses);
    }

    /** Returns the process table. */
    public ProcessTable processes() {
        return processes;
    }

    /**
     * Makes a semaphore that nobody holds yet.
     *
     * @param value    its first value, 0 to {@code maxValue}
     * @param maxValue the value that a release must not exceed, at least 1
     */
    public KernelSemaphore semaphore(int value, int maxValue) {
        return new KernelSemaphore(lastId.incrementAndGet(), value, maxValue);
    }

    /**
     * Makes a segment of zeroed memory that nobody holds yet.
     *
     * @param byteSize its size in bytes, at least 1
     * @throws OutOfMemoryError if the memory can't be had
     */
    public Segment segment(long byteSize) {
        return new Segment(lastId.incrementAndGet(), byteSize);
    }

    /** Ends all processes and waits until they are gone. Idempotent. */
    @Override
    public void close() {
        processes.close();
    }
}
