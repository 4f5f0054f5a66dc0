package org.polyproc.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.ProcessLimitException;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.trace.SleepEvent;

/**
 * System calls about processes, for {@code posix} and {@code _signal}. Thread-safe.
 */
public final class ProcessCalls {

    private final Kernel kernel;
    private final VirtualProcess self;
    private final ProcessStarter starter;
    private final Runnable expectation;
    private final IntPredicate isTerminal;

    ProcessCalls(Kernel kernel, VirtualProcess self, ProcessStarter starter, Runnable expectation, IntPredicate isTerminal) {
        this.kernel = kernel;
        this.self = self;
        this.starter = starter;
        this.expectation = expectation;
        this.isTerminal = isTerminal;
    }

    /** {@code getpid(2)}. */
    @Export
    public int pid() {
        return self.pid();
    }

    /** {@code getppid(2)}: 1 when the parent has ended. */
    @Export
    public int ppid() {
        return self.ppid();
    }

    /**
     * Kills this process unless it finishes its task in time.
     * The task is what it received by {@link Channel#receiveTask}.
     *
     * @param seconds how long it may go on
     */
    @Export
    public void limitTask(double seconds) {
        self.currentTask().limit(Syscalls.nanos(seconds));
    }

    /**
     * Begins the picture of a progress bar.
     *
     * @param total   how many steps there are; a negative number if that is not known
     * @param columns how wide it may be
     */
    @Export
    public ProgressPicture progressBar(long total, int columns) {
        return new ProgressPicture(total, columns);
    }

    /** {@code isatty(3)} of a standard stream. */
    @Export
    public boolean isTerminal(int descriptor) {
        return isTerminal.test(descriptor);
    }

    /**
     * Sleeps.
     *
     * @param seconds how long; 0 or less does not sleep
     * @return whether a signal waits for this process, which ended the sleep early
     */
    @Export
    public boolean sleep(double seconds) throws InterruptedException {
        // The event first: making the first one takes the JVM a while, which is not to be taken from the sleep.
        SleepEvent event = ProcessTrace.sleep(self);
        long deadline = System.nanoTime() + Syscalls.nanos(seconds);
        try {
            self.await(new WaitReason.Time(), true, () -> {
                TimeUnit.NANOSECONDS.sleep(deadline - System.nanoTime());
                return null;
            });
            return false;
        } catch (SignalInterrupt e) {
            return true;
        } finally {
            ProcessTrace.end(event);
        }
    }

    /** Returns the processor time of this process's threads, those that have ended included, in nanoseconds. */
    @Export
    public long cpuTime() {
        return self.cpuNanos();
    }

    /** Returns the processor time of the children that this process has waited for, in nanoseconds. */
    @Export
    public long childrenCpuTime() {
        return self.childrenCpuNanos();
    }

    /** Returns the processor time of the calling thread, in nanoseconds. */
    @Export
    public long threadCpuTime() {
        return VirtualProcess.currentThreadCpuNanos();
    }

    /** Returns whether somebody looks out for deadlocks, so that the kernel should know of every lock. */
    @Export
    public boolean isWatched() {
        return self.whereabouts().isWatched();
    }

    /** Says that a thread of this process is about to start. */
    @Export
    public void threadStarts() {
        self.whereabouts().threadStarts();
    }

    /** Says that a thread of which {@link #threadStarts} told executes Python code now, or can't be started. */
    @Export
    public void threadStarted() {
        self.whereabouts().threadStarted();
    }

    /** Names the process, for people. */
    @Export
    public void rename(String name) {
        self.rename(name);
    }

    /** Says that this process will probably start children, so that some may be prepared. */
    @Export
    public void expectChildren() {
        expectation.run();
    }

    /**
     * Starts a child.
     *
     * @param name      its name
     * @param payload   bytes-like: what it is to unpickle
     * @param inherited the numbers of the kernel objects that the payload names; this process must hold them
     * @return the child, or null if as many processes as allowed are alive
     */
    @Export
    public ChildProcess spawn(String name, Value payload, Value inherited) {
        List<Integer> ids = new ArrayList<>();
        for (long i = 0; i < inherited.getArraySize(); i++) {
            ids.add(inherited.getArrayElement(i).asInt());
        }
        try {
            return new ChildProcess(kernel, self, starter.start(self, name, Syscalls.bytes(payload), ids));
        } catch (ProcessLimitException e) {
            return null;
        }
    }

    /**
     * Waits for this process's turn to begin, see {@link VirtualProcess#begin}.
     *
     * @return whether a signal waits for this process, which ended the wait early
     */
    @Export
    public boolean begin() throws InterruptedException {
        try {
            self.begin();
            return false;
        } catch (SignalInterrupt e) {
            return true;
        }
    }

    /** Returns the parent to wait for, or null if it has ended or Java started this process. */
    @Export
    public ChildProcess parent() {
        return self.parent().map(parent -> new ChildProcess(kernel, self, parent)).orElse(null);
    }

    /** Returns the child of that number which this process has not reaped; null if there is none. */
    @Export
    public ChildProcess child(int pid) {
        return self.children().stream().filter(child -> child.pid() == pid).findAny()
                .map(child -> new ChildProcess(kernel, self, child)).orElse(null);
    }

    /**
     * {@code kill(2)} for processes of this kernel. One that has ended takes any signal until its parent has asked for its exit
     * code, as a zombie of POSIX does. Does not return if the calling process ends itself.
     *
     * @return 0; 1 if there is no such process
     */
    @Export
    public int kill(int pid, int signum) {
        Optional<VirtualProcess> process = kernel.processes().find(pid);
        process.ifPresent(p -> p.signal(signum));
        self.stopIfEnding();
        return process.isPresent() ? 0 : 1;
    }

    /** {@code _exit(2)}: does not return. */
    @Export
    public void exit(int code) {
        self.exitNow(code);
    }

    /** {@code sigaction(2)}: 0 the default, 1 ignore, 2 call {@link #nextSignal} in the main thread. */
    @Export
    public void setDisposition(int signum, int disposition) {
        Disposition[] all = Disposition.values();
        if (disposition < 0 || disposition >= all.length) {
            throw new IllegalArgumentException("disposition must be 0, 1 or 2: disposition=" + disposition);
        }
        self.setDisposition(signum, all[disposition]);
    }

    /** Takes the lowest signal that waits for a handler of this process; 0 if there is none. */
    @Export
    public int nextSignal() {
        return self.nextSignal();
    }
}
