package org.polyproc.kernel;

import java.io.Closeable;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.polyproc.kernel.channel.ChannelBudget;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.Exchange;
import org.polyproc.kernel.channel.UnixSockets;
import org.polyproc.kernel.memory.HostSharedMemory;
import org.polyproc.kernel.memory.MemoryBudget;
import org.polyproc.kernel.memory.PosixSharedMemory;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.memory.SharedMemory;
import org.polyproc.kernel.process.ProcessSentinel;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.kernel.watch.DeadlockWatch;
import org.polyproc.kernel.watch.ProcessDump;

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

    /** How long {@link #close} waits for the peer of a socket that takes nothing of what processes wrote. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ProcessTable processes;
    private final AtomicInteger lastId = new AtomicInteger(FIRST_ID - 1);
    private final ChannelBudget channels;
    private final Exchange exchange;
    private final Transfers transfers = new Transfers(lastId::incrementAndGet);
    private final Names<KernelSemaphore> semaphoreNames = new Names<>();
    private final UnixSockets unixSockets;
    private final MemoryBudget memory;
    private final SharedMemory sharedMemory;

    /**
     * A kernel with shared memory of its own, at most as much as the JVM's heap may have, and a quarter of it in channels.
     *
     * @param maxProcesses how many processes may be alive at once, at least 1
     */
    public Kernel(int maxProcesses) {
        this(maxProcesses, Runtime.getRuntime().maxMemory(), Runtime.getRuntime().maxMemory() / 4, false, false);
    }

    /**
     * @param maxProcesses      how many processes may be alive at once, at least 1
     * @param maxSharedBytes    how much shared memory there may be, not counting the machine's, in bytes
     * @param maxQueuedBytes    how many bytes may wait in channels
     * @param posixSharedMemory whether named shared memory is the machine's; otherwise it is the kernel's own
     * @param unixSockets       whether processes may use the machine's sockets of family {@code AF_UNIX}
     * @throws IllegalStateException if the machine has no POSIX shared memory
     */
    public Kernel(int maxProcesses, long maxSharedBytes, long maxQueuedBytes, boolean posixSharedMemory, boolean unixSockets) {
        this.processes = new ProcessTable((int) ProcessHandle.current().pid(), maxProcesses);
        this.memory = new MemoryBudget(maxSharedBytes);
        this.channels = new ChannelBudget(maxQueuedBytes);
        this.exchange = new Exchange(lastId::incrementAndGet, channels);
        this.sharedMemory = posixSharedMemory
                ? new PosixSharedMemory(lastId::incrementAndGet) : new HostSharedMemory(lastId::incrementAndGet, memory);
        this.unixSockets = unixSockets ? new UnixSockets(lastId::incrementAndGet, channels, PATIENCE) : null;
    }

    /** Returns the process table. */
    public ProcessTable processes() {
        return processes;
    }

    /**
     * Watches out for processes that wait for ever, see {@link DeadlockWatch}. Called before any process starts.
     *
     * @param listener is told the first deadlock, in lines of text, by a thread of its own
     */
    public void watchDeadlocks(Consumer<String> listener) {
        DeadlockWatch.install(processes, listener);
    }

    /** Returns what a process's main thread waits for in the kernel, for people. */
    public Optional<String> waitsFor(VirtualProcess process) {
        return ProcessDump.waitsFor(process, processes);
    }

    /** Describes all processes in lines of text, see {@link ProcessDump}. */
    public String dump() throws InterruptedException {
        return ProcessDump.of(processes);
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
        return new Segment(lastId.incrementAndGet(), byteSize, memory);
    }

    /** Returns how much memory the segments take, in bytes; the machine's shared memory is not counted. */
    public long sharedBytes() {
        return memory.used();
    }

    /** Returns how many bytes may wait in channels. */
    public long maxQueuedBytes() {
        return channels.limit();
    }

    /**
     * Makes a channel whose ends nobody holds yet.
     *
     * @param duplex whether both ends read and write; otherwise the first one reads and the second one writes
     */
    public ChannelEnd.Pair channel(boolean duplex) {
        return ChannelEnd.pair(lastId.incrementAndGet(), lastId.incrementAndGet(), duplex, channels);
    }

    /** Makes an object of a file that is passed on; nobody holds it yet. */
    public OpenFile openFile(Closeable file) {
        return new OpenFile(lastId.incrementAndGet(), file);
    }

    /** Makes what becomes ready when a process ends; nobody holds it yet. */
    public ProcessSentinel sentinel(VirtualProcess process) {
        return new ProcessSentinel(lastId.incrementAndGet(), process);
    }

    /** Returns the addresses at which this kernel's processes listen. */
    public Exchange exchange() {
        return exchange;
    }

    /** Returns the machine's sockets of family {@code AF_UNIX}, if processes may use them. */
    public Optional<UnixSockets> unixSockets() {
        return Optional.ofNullable(unixSockets);
    }

    /** Returns the objects that are on their way between processes. */
    public Transfers transfers() {
        return transfers;
    }

    /** Returns the names of semaphores. */
    public Names<KernelSemaphore> semaphoreNames() {
        return semaphoreNames;
    }

    /** Returns the named shared memory. */
    public SharedMemory sharedMemory() {
        return sharedMemory;
    }

    /**
     * Makes what tracks the names of a program's processes; nobody holds it yet.
     *
     * @param warnings takes a text for each kind of name that was left, and for each name that could not be removed
     */
    public ResourceTracker resourceTracker(Consumer<String> warnings) {
        ResourceTracker.Unlinker memories = name -> sharedMemory.unlink(name.substring(name.lastIndexOf('/') + 1));
        ResourceTracker.Unlinker semaphores = name -> {
            if (!semaphoreNames.remove(name)) {
                throw new NoSuchFileException(name);
            }
        };
        return new ResourceTracker(lastId.incrementAndGet(), processes,
                Map.of("shared_memory", memories, "semaphore", semaphores, "noop", name -> { }), warnings);
    }

    /**
     * Ends all processes, waits until they are gone and what they wrote to sockets has arrived, and forgets all names but those
     * that are the machine's. Idempotent.
     */
    @Override
    public void close() {
        processes.close();
        unixSockets().ifPresent(UnixSockets::close);
        semaphoreNames.close();
        sharedMemory.close();
    }
}
