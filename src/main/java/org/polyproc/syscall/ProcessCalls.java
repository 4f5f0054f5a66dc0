package org.polyproc.syscall;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.ProcessLimitException;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.trace.SleepEvent;

/**
 * System calls about processes, for {@code posix} and {@code _signal}. Thread-safe.
 */
public final class ProcessCalls {

    /** How many characters of an error are kept. */
    private static final int MAX_ERROR_LENGTH = 10_000;

    private static final int LEAST_COLUMNS = 1;
    private static final int MOST_COLUMNS = 1000;

    /** How much of a process's name people see, in characters. */
    private static final int MAX_NAME = 200;

    /** How long a list of modules may be, in characters. */
    private static final int MAX_MODULES = 10_000;

    /** How long this process may run, in seconds; 0 if there is no limit. */
    @Export
    public final double maxRunTime;

    private final Kernel kernel;
    private final VirtualProcess self;
    private final ProcessStarter starter;
    private final Runnable expectation;
    private final IntPredicate isTerminal;

    ProcessCalls(Kernel kernel, VirtualProcess self, ProcessStarter starter, Runnable expectation, IntPredicate isTerminal) {
        this.maxRunTime = kernel.limits().maxRunTime().map(time -> time.toNanos() / 1e9).orElse(0.0);
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
     * @param columns how wide it may be, 1 to 1000
     */
    @Export
    public ProgressPicture progressBar(long total, int columns) {
        return new ProgressPicture(total, Math.clamp(columns, LEAST_COLUMNS, MOST_COLUMNS));
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

    /** Names the process, for people, who see its first 200 characters. */
    @Export
    public void rename(String name) {
        self.rename(shortened(name));
    }

    private static String shortened(String name) {
        String text = Arguments.text("a process's name", name, Integer.MAX_VALUE);
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME - 1) + "\u2026";
    }

    /** Ends this process if its thread and context are the application's, when that closes the context. */
    @Export
    public void release() {
        self.release(0);
    }

    /**
     * Notes the exception that ends this process, for people.
     *
     * @param text what it is; of a very long one the beginning counts
     */
    @Export
    public void noteError(String text) {
        if (text == null) {
            throw new IllegalArgumentException("the text of an error must be a string");
        }
        self.setError(text.length() > MAX_ERROR_LENGTH ? text.substring(0, MAX_ERROR_LENGTH) + "..." : text);
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
     * @param traits    bytes-like: a pickle of what it is given first, see {@link Birthright}
     * @param state     bytes-like: a pickle of what it begins with
     * @param process   bytes-like: the pickled process object
     * @param inherited the numbers of the kernel objects that are named there; this process must hold them
     * @return the {@link ChildProcess}; or -EAGAIN if as many processes as allowed are alive, -ENFILE if as many kernel objects as
     *         allowed are held, -EMSGSIZE if the pickles are longer than all channels may hold
     */
    @Export
    public Object spawn(String name, Value traits, Value state, Value process, Value inherited) {
        String shortName = shortened(name);
        List<Integer> ids = Arguments.numbers(inherited);
        if (Arguments.length(traits) + Arguments.length(state) + Arguments.length(process) > kernel.limits().maxQueuedBytes()) {
            return -Errno.EMSGSIZE;
        }
        Birthright birthright = new Birthright(Arguments.bytes(traits), Arguments.bytes(state), Arguments.bytes(process));
        try {
            return Errno.limited(() -> new ChildProcess(kernel, self, starter.start(self, shortName, birthright, ids)));
        } catch (ProcessLimitException e) {
            return -Errno.EAGAIN;
        }
    }

    /**
     * Asks for a thread that this process is about to start.
     *
     * @return false if there are as many threads as allowed
     */
    @Export
    public boolean requestThread() {
        return self.requestThread();
    }

    /** Says that a thread which was asked for does not start. */
    @Export
    public void cancelThread() {
        self.cancelThread();
    }

    /**
     * {@code setitimer(ITIMER_REAL)}: sends this process SIGALRM.
     *
     * @param seconds  how long until then; 0 or less switches the timer off
     * @param interval how long from each to the next, in seconds; 0 or less for a single one
     */
    @Export
    public void setTimer(double seconds, double interval) {
        self.timer().set(Syscalls.nanos(seconds), Syscalls.nanos(interval));
    }

    /** Returns how long it is until the timer's next signal, in seconds; 0 if it is off. */
    @Export
    public double timerDelay() {
        return self.timer().remainingNanos() / 1e9;
    }

    /** Returns how long it is from each of the timer's signals to the next, in seconds; 0 if there is at most one. */
    @Export
    public double timerInterval() {
        return self.timer().intervalNanos() / 1e9;
    }

    /**
     * Says which modules of the standard library this process needed that it was not prepared with; the next ones will be.
     *
     * @param modules their names, with blanks between them
     */
    @Export
    public void learn(String modules) {
        starter.learn(Arguments.text("a list of modules", modules, MAX_MODULES));
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
     * @return 0; or -ESRCH if there is no such process, -EINVAL if there is no such signal, -ENOSYS if it would stop the process, which
     *         can't be done
     */
    @Export
    public int kill(int pid, int signum) {
        Optional<VirtualProcess> process = kernel.processes().find(pid);
        int result = process.map(found -> signal(found, signum)).orElse(Signals.exists(signum) ? -Errno.ESRCH : -Errno.EINVAL);
        self.stopIfEnding();
        // One that has ended takes any signal.
        return result == -Errno.ESRCH && process.isPresent() ? 0 : result;
    }

    /** Sends a signal; returns what {@link #kill} does, -ESRCH also if the process has ended. */
    static int signal(VirtualProcess process, int signum) {
        if (!Signals.exists(signum)) {
            return -Errno.EINVAL;
        }
        try {
            return process.signal(signum) ? 0 : -Errno.ESRCH;
        } catch (IllegalArgumentException e) {
            return -Errno.ENOSYS;
        }
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
