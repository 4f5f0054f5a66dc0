package org.polyproc.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.Exchange;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.ProcessSentinel;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * One kernel: a process table, and the factory of the objects that its processes share. Kernels in the same JVM know nothing
 * of each other. Thread-safe.
 */
public final class Kernel implements AutoCloseable {

    /**
     * The lowest number of a kernel object. It is above every file descriptor that an operating system gives, so that one number
     * says which of the two is meant.
     */
    public static final int FIRST_ID = 1 << 20;

    private final ProcessTable processes;
    private final AtomicInteger lastId = new AtomicInteger(FIRST_ID - 1);
    private final Exchange exchange = new Exchange(lastId::incrementAndGet);
    private final Transfers transfers = new Transfers(lastId::incrementAndGet);
    private final Names<KernelSemaphore> semaphoreNames = new Names<>();

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

    /**
     * Makes a channel whose ends nobody holds yet.
     *
     * @param duplex whether both ends read and write; otherwise the first one reads and the second one writes
     */
    public ChannelEnd.Pair channel(boolean duplex) {
        return ChannelEnd.pair(lastId.incrementAndGet(), lastId.incrementAndGet(), duplex);
    }

    /** Makes what becomes ready when a process ends; nobody holds it yet. */
    public ProcessSentinel sentinel(VirtualProcess process) {
        return new ProcessSentinel(lastId.incrementAndGet(), process);
    }

    /** Returns the addresses at which this kernel's processes listen. */
    public Exchange exchange() {
        return exchange;
    }

    /** Returns the objects that are on their way between processes. */
    public Transfers transfers() {
        return transfers;
    }

    /** Returns the names of semaphores. */
    public Names<KernelSemaphore> semaphoreNames() {
        return semaphoreNames;
    }

    /** Ends all processes, waits until they are gone, and forgets all names. Idempotent. */
    @Override
    public void close() {
        processes.close();
        semaphoreNames.close();
    }
}
