package org.polyproc.syscall;

import java.util.List;
import java.util.function.IntPredicate;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.channel.WaitSet;
import org.polyproc.kernel.channel.Waitable;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;

/**
 * The system calls of one process, by the module they serve. Handed to the overlay once, when the process's context is
 * made, and to nobody else. Thread-safe.
 */
public final class Syscalls {

    static {
        // Before a process executes its first assignment to a view.
        try {
            BulkAssignment.install();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            System.getLogger("org.polyproc.syscall").log(System.Logger.Level.DEBUG,
                    "assignments to slices of shared memory are done item by item", e);
        }
    }

    /** The calls about processes and signals. */
    @Export
    public final ProcessCalls process;

    /** The calls about semaphores. */
    @Export
    public final SemaphoreCalls semaphore;

    /** The calls about channels. */
    @Export
    public final ChannelCalls channel;

    /** The calls about open files. */
    @Export
    public final FileCalls file;

    /** The calls about shared memory. */
    @Export
    public final MemoryCalls memory;

    /** The calls about pickles. */
    @Export
    public final PickleCalls pickle = new PickleCalls();

    /** The calls about classes. */
    @Export
    public final ClassCalls classes = new ClassCalls();

    /** The calls about XML. */
    @Export
    public final XmlCalls xml = new XmlCalls();

    /** The calls about Python sources. */
    @Export
    public final SourceCalls source;

    /**
     * @param kernel      the process's kernel
     * @param self        the process
     * @param starter     starts children of the process
     * @param expectation is told when the process will probably start children
     * @param sources     Python sources
     * @param publisher   takes what the process leaves for Java
     * @param isTerminal  says which file descriptors are terminals
     */
    public Syscalls(Kernel kernel, VirtualProcess self, ProcessStarter starter, Runnable expectation, SourceCalls sources,
            Publisher publisher, IntPredicate isTerminal) {
        this.process = new ProcessCalls(kernel, self, starter, expectation, isTerminal);
        this.semaphore = new SemaphoreCalls(kernel, self);
        this.channel = new ChannelCalls(kernel, self);
        this.file = new FileCalls(kernel, self);
        this.memory = new MemoryCalls(kernel, self, publisher);
        this.source = sources;
    }

    /**
     * Reads a Python bytes-like object.
     *
     * @throws IllegalArgumentException if it is none, or has 2 GiB
     */
    public static byte[] bytes(Value buffer) {
        return Arguments.bytes(buffer);
    }

    /**
     * Waits on behalf of a process until at least one of several things is ready.
     *
     * @param seconds how long at most; a negative number waits without limit, what is no number not at all
     * @return those that are ready, in the given order; empty when the time is over
     */
    static <T extends Waitable> List<T> poll(VirtualProcess self, List<T> things, double seconds)
            throws SignalInterrupt, InterruptedException {
        boolean limited = !(seconds < 0);
        long deadline = System.nanoTime() + (limited ? nanos(seconds) : Long.MAX_VALUE);
        return self.await(new WaitReason.Any(things), limited, () -> WaitSet.await(things, deadline - System.nanoTime()));
    }

    /** Converts a timeout that Python gives in seconds; a negative one and what is no number don't wait. */
    static long nanos(double seconds) {
        double nanos = Math.max(seconds, 0) * 1e9;
        return nanos >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) Math.ceil(nanos);
    }
}
