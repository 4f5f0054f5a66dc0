package org.polyproc.syscall;

import java.util.OptionalInt;
import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.trace.ProcessWaitEvent;

/**
 * Another process as its relative sees it: a child it started, or its parent. Thread-safe.
 */
public final class ChildProcess {

    /** {@link #waitFor}: the time is over. */
    static final int RUNNING = Integer.MAX_VALUE;
    /** {@link #waitFor}: a signal waits for the calling process. */
    static final int INTERRUPTED = Integer.MAX_VALUE - 1;

    private final Kernel kernel;
    private final VirtualProcess self;
    private final VirtualProcess other;
    /** Stays so when the other process has been reaped. */
    private final boolean isChild;

    ChildProcess(Kernel kernel, VirtualProcess self, VirtualProcess other) {
        this.kernel = kernel;
        this.self = self;
        this.other = other;
        this.isChild = other.parent().filter(parent -> parent == self).isPresent();
    }

    /** Returns the other process's number. */
    @Export
    public int pid() {
        return other.pid();
    }

    /**
     * Waits for the other process's end.
     *
     * @param seconds how long at most; 0 does not wait, a negative number waits without limit
     * @return the exit code, negative if a signal ended it; 2147483647 when the time is over, 2147483646 when a signal waits
     *         for this process
     */
    @Export
    public int waitFor(double seconds) throws InterruptedException {
        OptionalInt known = other.exitCode();
        if (known.isPresent() || seconds == 0) {
            return known.orElse(RUNNING);
        }
        boolean limited = !(seconds < 0);
        long deadline = System.nanoTime() + (limited ? Syscalls.nanos(seconds) : Long.MAX_VALUE);
        ProcessWaitEvent event = ProcessTrace.wait(self, other.pid());
        try {
            return self.await(new WaitReason.Exit(other), limited, () -> other.waitFor(deadline - System.nanoTime()))
                    .orElse(RUNNING);
        } catch (SignalInterrupt e) {
            return INTERRUPTED;
        } finally {
            ProcessTrace.end(event);
        }
    }

    /** Returns the number of a kernel object that becomes ready when the other process ends; the caller closes it. Or -ENFILE. */
    @Export
    public Object sentinel() {
        return Errno.limited(() -> self.descriptors().holdNew(kernel.sentinel(other)).id());
    }

    /**
     * Returns the message that is the task which the other process works on, or worked on when it ended:
     * empty if none any more, null if it never took one, see {@link Channel#receiveTask}, or is the parent, whose tasks are its own.
     */
    @Export
    public Object task() {
        byte[] message = isChild ? other.currentTask().message() : null;
        return message == null ? null : new ReadOnlyBytes(message);
    }

    /** Returns whether the other process was killed because it needed too long for its task, see {@link ProcessCalls#limitTask}. */
    @Export
    public boolean isTaskOverdue() {
        return other.currentTask().isOverdue();
    }

    /**
     * {@code kill(2)}.
     *
     * @return 0; or -ESRCH if the other process has ended, -EINVAL, -ENOSYS, see {@link ProcessCalls#kill}
     */
    @Export
    public int signal(int signum) {
        return ProcessCalls.signal(other, signum);
    }

    /** Tells the kernel that the parent knows the exit code, so that the child's number need not be kept. */
    @Export
    public void reap() {
        self.reap(other);
    }
}
