package org.polyproc.kernel.process;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.channel.Listeners;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.trace.ProcessExitEvent;
import org.polyproc.trace.ProcessStartEvent;
import org.polyproc.trace.Trace;

/**
 * A process: a pid, a main thread of its own, the kernel objects it holds, its signals and, in the end, an exit code.
 *
 * <p>Its thread may run before it is born: a body prepares what every process needs, and waits for its birth before it does what it
 * is told. Until then it has no number, no name and no relatives, and nobody can see it.
 *
 * <p>Thread-safe. All that the process did is visible to whoever sees its exit.
 */
public final class VirtualProcess {

    /** The parent of a process whose parent has ended, as on POSIX. */
    private static final int INIT_PID = 1;

    /** Room for deeply recursive Python code, in bytes; only what is used becomes real memory. */
    private static final long STACK_BYTES = 64L << 20;

    /** How long a process that waits for nothing and writes nothing has before its younger siblings begin, in milliseconds. */
    private static final long FIRST_SLICE_MILLIS = 100;

    private static final System.Logger LOG = System.getLogger("org.polyproc.process");

    /** The process for which the calling thread executes code of Java's, see {@link #callOut}. */
    private static final ScopedValue<VirtualProcess> CALLER = ScopedValue.newInstance();

    /** A wait that ends early when its thread is interrupted. */
    @FunctionalInterface
    public interface Wait<T, E extends Exception> {
        /** Waits and returns what was waited for. */
        T await() throws E, InterruptedException;
    }

    private final ProcessTable table;
    private final ProcessBody body;
    private final CompletableFuture<Boolean> birth = new CompletableFuture<>();
    private final Descriptors descriptors = new Descriptors();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Listeners exitListeners = new Listeners();
    private final CompletableFuture<Void> underWay = new CompletableFuture<>();
    private final CpuClock cpu = new CpuClock();
    private final AtomicLong childrenCpuNanos = new AtomicLong();
    private final CurrentTask currentTask = new CurrentTask(this);
    private final Thread thread;

    /** All threads that were ever the process's own; a lock that one of them holds keeps it reachable. */
    private final Set<Thread> everyThread = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Whereabouts whereabouts;

    private volatile int pid;
    private volatile String name = "unborn";
    private volatile Instant startTime;
    private volatile VirtualProcess parent;
    private volatile VirtualProcess elder;
    private volatile VirtualProcess youngest;
    private volatile boolean ended;
    private volatile boolean ending;

    /* Guarded by this. */
    private final Disposition[] dispositions = new Disposition[Signals.MAX + 1];
    private final BitSet pending = new BitSet();
    private boolean mainThreadWaits;
    private Integer fate;

    VirtualProcess(ProcessTable table, ProcessBody body) {
        this.table = table;
        this.body = body;
        this.thread = new Thread(null, this::execute, "polyproc-unborn", STACK_BYTES);
        this.thread.setDaemon(true);
        this.whereabouts = new Whereabouts(table, body);
        this.cpu.add(thread);
        this.everyThread.add(thread);
        Arrays.fill(dispositions, Disposition.DEFAULT);
    }

    /** Returns the table that the process is, or is going to be, in. */
    public ProcessTable table() {
        return table;
    }

    /** Returns the process's number; 0 before its birth. */
    public int pid() {
        return pid;
    }

    /** Returns the parent's number, or 1 if the parent has ended or there was none. */
    public int ppid() {
        VirtualProcess current = parent;
        return current == null ? INIT_PID : current.pid;
    }

    /** Returns the record of what the process works on, if it is a worker. */
    public CurrentTask currentTask() {
        return currentTask;
    }

    /** Returns whether the process ends by itself when all others have ended. */
    boolean endsLast() {
        return body.endsLast();
    }

    /** Returns the parent while it lives. */
    public Optional<VirtualProcess> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns the name, for people. */
    public String name() {
        return name;
    }

    /** Renames the process and its main thread. */
    public void rename(String newName) {
        name = newName;
        thread.setName("polyproc-" + pid + " " + newName);
    }

    /** Returns when the process was born. */
    public Instant startTime() {
        return startTime;
    }

    /** Returns the kernel objects that the process holds. */
    public Descriptors descriptors() {
        return descriptors;
    }

    /** Returns the children that have not been reaped. */
    public List<VirtualProcess> children() {
        return table.list().filter(p -> p.parent == this).toList();
    }

    /** Starts the process's thread, before or after its birth. Called once. */
    void start() {
        thread.start();
    }

    /** Gives the process its place among the others, in the table's lock. Called once. */
    void bear(int newPid, VirtualProcess newParent, String newName) {
        pid = newPid;
        parent = newParent;
        startTime = Instant.now();
        cpu.restart();
        rename(newName);
        if (newParent != null) {
            elder = newParent.youngest;
            newParent.youngest = this;
        }
        if (Trace.isOn()) {
            traceStart();
        }
        birth.complete(true);
    }

    private void traceStart() {
        ProcessStartEvent event = new ProcessStartEvent();
        event.pid = pid;
        event.parentPid = ppid();
        event.name = name;
        event.commit();
    }

    /** Says that the process will never be born, so that its body ends. */
    public void discard() {
        birth.complete(false);
    }

    /**
     * Waits, in its own thread, for the birth of this process.
     *
     * @return whether it was born; otherwise it is not wanted any more
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitBirth() throws InterruptedException {
        try {
            return birth.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a birth never fails", e);
        }
    }

    private void execute() {
        int code;
        try {
            code = body.run(this);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "process " + pid + " (" + name + ") failed inside polyproc", e);
            code = 1;
        }
        cpu.remove(thread);
        end(code);
    }

    /** Releases all that the process held, before anybody can see that it has ended. */
    private void end(int code) {
        int exitCode;
        synchronized (this) {
            if (fate == null) {
                fate = code;
            }
            exitCode = fate;
        }
        descriptors.objects(KernelSemaphore.class).forEach(this::abandonIfMine);
        descriptors.close();
        table.onEnd(this);
        if (Trace.isOn() && pid != 0) {
            traceExit(exitCode);
        }
        underWay.complete(null);
        exit.complete(exitCode);
        exitListeners.tell();
        table.tellWatcher();
    }

    private void abandonIfMine(KernelSemaphore lock) {
        Thread owner = lock.owner();
        if (owner != null && owns(owner)) {
            lock.abandon(owner, pid, name);
        }
    }

    private void traceExit(int exitCode) {
        ProcessExitEvent event = new ProcessExitEvent();
        if (event.isEnabled()) {
            event.pid = pid;
            event.exitCode = exitCode;
            event.cpuNanos = cpuNanos();
            event.commit();
        }
    }

    Listeners exitListeners() {
        return exitListeners;
    }

    /** Takes note of the end, in the table's lock: a relative that ends at the same time sees all of it or nothing. */
    void setEnded() {
        ended = true;
        elder = null;
        youngest = null;
        for (VirtualProcess child : children()) {
            child.parent = null;
            if (child.ended) {
                table.remove(child);
            }
        }
        if (parent == null) {
            table.remove(this);
        }
    }

    /** Returns whether the process has ended, a moment before its exit code can be seen. */
    public boolean hasEnded() {
        return ended;
    }

    /**
     * Waits for this process's turn to begin: until the sibling that was started before it is under way. With {@code fork}, a
     * process runs before its parent can start the next one; here all get ready at the same time, on threads, and without turns
     * the order in which they begin would be chance.
     *
     * @throws SignalInterrupt      if a signal waits for this process
     * @throws InterruptedException if the process is being cancelled
     */
    public void begin() throws SignalInterrupt, InterruptedException {
        VirtualProcess before = elder;
        if (before != null) {
            waitUntil(before.underWay);
            elder = null;
        }
        underWay.completeOnTimeout(null, FIRST_SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void waitUntil(CompletableFuture<Void> future) throws SignalInterrupt, InterruptedException {
        interruptibly(() -> {
            try {
                return future.get();
            } catch (ExecutionException e) {
                throw new AssertionError("being under way never fails", e);
            }
        });
    }

    /** Notes that this process did something that others can see or that may wait. */
    public void setUnderWay() {
        if (!underWay.isDone()) {
            underWay.complete(null);
        }
    }

    // Exit

    /** Returns the exit code (negative: the signal that ended it), or empty while the process lives. */
    public OptionalInt exitCode() {
        Integer code = exit.getNow(null);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Returns a future of the exit code; completing or cancelling it has no effect on the process. */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    /**
     * Waits for the end of this process.
     *
     * @param timeoutNanos how long at most, in nanoseconds
     * @return the exit code, or empty after the timeout
     * @throws InterruptedException if the calling thread is interrupted
     */
    public OptionalInt waitFor(long timeoutNanos) throws InterruptedException {
        try {
            return OptionalInt.of(exit.get(timeoutNanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new AssertionError("an exit never fails", e);
        }
    }

    /** Forgets an ended child, as {@code waitpid} does; nobody finds it by its number any more. */
    public void reap(VirtualProcess child) {
        if (child.parent == this && child.exit.isDone() && table.remove(child)) {
            childrenCpuNanos.addAndGet(child.cpuNanos() + child.childrenCpuNanos());
        }
    }

    /**
     * Ends this process at once with an exit code, without any of its clean-up code: {@code _exit(2)}. Called by a thread of
     * the process, which does not come back.
     *
     * @param code the exit code; its lowest eight bits count
     */
    public void exitNow(int code) {
        die(code & 0xff);
        stopIfEnding();
    }

    /**
     * Does not come back if the end of this process is decided: who sends itself a signal that ends it executes nothing more.
     * Called by a thread of the process.
     */
    public void stopIfEnding() {
        if (!isEndDecided()) {
            return;
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            body.leave();
        }
    }

    private synchronized void die(int code) {
        if (fate != null) {
            return;
        }
        fate = code;
        setEnding();
        if (mainThreadWaits) {
            // The body's cancelling interrupts it only once, which may be too early: before it waits.
            thread.interrupt();
        }
        // Cancelling waits until the body has stopped, for which a caller of kill(2) does not wait.
        Thread.ofPlatform().daemon().name("polyproc-cancel-" + pid).start(body::cancel);
    }

    // Code of Java's

    /**
     * Executes code of Java's, in a thread of this process and on its behalf.
     *
     * @return what the code returns
     */
    public <T, X extends Throwable> T callOut(ScopedValue.CallableOp<T, X> code) throws X {
        setUnderWay();
        return ScopedValue.where(CALLER, this).call(code);
    }

    /** Returns whether the calling thread executes code of Java's for a process that is ending and waits for this thread. */
    public static boolean isCallerEnding() {
        return CALLER.isBound() && CALLER.get().ending;
    }

    /** Returns whether the threads of this process are to stop. */
    public boolean isEnding() {
        return ending;
    }

    /** Notes that the threads of this process are to stop; called before they are interrupted. */
    public void setEnding() {
        ending = true;
    }

    // Processor time

    /** Counts a thread to this process's own from now on; the main thread is one. */
    public void addThread(Thread other) {
        everyThread.add(other);
        cpu.add(other);
    }

    /** Notes that a thread of this process is about to end. */
    public void removeThread(Thread other) {
        cpu.remove(other);
        table.tellWatcher();
    }

    /** Returns the main thread, which exists from before the birth on. */
    public Thread mainThread() {
        return thread;
    }

    /** Returns the living threads, the main thread among them until it has ended. */
    public List<Thread> threads() {
        return cpu.threads();
    }

    /** Returns whether a thread is, or was, this process's own. */
    public boolean owns(Thread other) {
        return everyThread.contains(other);
    }

    /** Returns the processor time that the process's threads have used, those that have ended included, in nanoseconds. */
    public long cpuNanos() {
        return cpu.nanos();
    }

    /** Returns the processor time of the children that have been reaped and, in turn, of theirs, in nanoseconds. */
    public long childrenCpuNanos() {
        return childrenCpuNanos.get();
    }

    /** Returns the processor time that the calling thread has used, in nanoseconds. */
    public static long currentThreadCpuNanos() {
        return CpuClock.currentThreadNanos();
    }

    // Signals

    /** Says what the process does with a signal from now on. */
    public synchronized void setDisposition(int signum, Disposition disposition) {
        Signals.check(signum);
        dispositions[signum] = disposition;
    }

    /**
     * Sends a signal, as {@code kill(2)} does; 0 only asks whether the process is there.
     *
     * @return false if the process has ended
     * @throws IllegalArgumentException if there is no such signal, or if it would stop the process, which can't be done
     */
    public boolean signal(int signum) {
        Signals.check(signum);
        synchronized (this) {
            if (exit.isDone()) {
                return false;
            }
            switch (effect(signum)) {
                case DEFAULT -> die(-signum);
                case CATCH -> {
                    pending.set(signum);
                    if (mainThreadWaits) {
                        thread.interrupt();
                    } else {
                        body.wake();
                    }
                }
                case IGNORE -> { }
            }
        }
        return true;
    }

    /** What a signal does to this process now: nothing if its end is decided; of the default actions only the end is left. */
    private Disposition effect(int signum) {
        if (signum == 0 || fate != null) {
            return Disposition.IGNORE;
        }
        Disposition disposition = signum == Signals.SIGKILL ? Disposition.DEFAULT : dispositions[signum];
        if (disposition == Disposition.DEFAULT) {
            if (Signals.ignoredByDefault(signum)) {
                return Disposition.IGNORE;
            }
            if (Signals.stopsByDefault(signum)) {
                throw new IllegalArgumentException("a process inside a JVM can't be stopped: signum=" + signum);
            }
        }
        return disposition;
    }

    /** Returns whether a signal waits for the process's handler. */
    public synchronized boolean hasPendingSignal() {
        return !pending.isEmpty();
    }

    /** Takes the lowest signal that waits for the process's handler, or 0. */
    public synchronized int nextSignal() {
        int signum = Math.max(pending.nextSetBit(1), 0);
        pending.clear(signum);
        return signum;
    }

    /**
     * Waits on behalf of this process. In the process's main thread a caught signal ends the wait early.
     *
     * @throws SignalInterrupt      if a signal waits for the process's main thread, which is the calling one
     * @throws InterruptedException if the thread was interrupted for another reason, that is, the process is being cancelled
     */
    public <T, E extends Exception> T await(Wait<T, E> wait) throws E, SignalInterrupt, InterruptedException {
        return await(new WaitReason.Other("something"), true, wait);
    }

    /**
     * Waits on behalf of this process; others can see meanwhile what for. In the process's main thread a caught signal ends the wait
     * early.
     *
     * @param reason  what it waits for
     * @param limited whether the wait ends by itself after some time
     * @param wait    waits; may be called again after it was interrupted, so a limited wait must know its deadline
     * @throws SignalInterrupt      if a signal waits for the process's main thread, which is the calling one
     * @throws InterruptedException if the thread was interrupted for another reason, that is, the process is being cancelled
     */
    public <T, E extends Exception> T await(WaitReason reason, boolean limited, Wait<T, E> wait)
            throws E, SignalInterrupt, InterruptedException {
        setUnderWay();
        Waiting waiting = whereabouts.begin(reason, limited);
        try {
            return interruptibly(() -> answering(waiting, wait));
        } finally {
            if (whereabouts.end(waiting) && !isEndDecided() && !ending) {
                // Interrupted only to answer, when there was nothing to wait for any more.
                Thread.interrupted();
            }
        }
    }

    /** Waits; whenever the thread is interrupted to tell its stack, it does so and waits on. */
    private <T, E extends Exception> T answering(Waiting waiting, Wait<T, E> wait) throws E, InterruptedException {
        while (true) {
            try {
                return wait.await();
            } catch (InterruptedException e) {
                if (!whereabouts.answer(waiting) || ending || isInterruptWanted()) {
                    throw e;
                }
            }
        }
    }

    private synchronized boolean isInterruptWanted() {
        return fate != null || Thread.currentThread() == thread && !pending.isEmpty();
    }

    /** Returns what the process's threads wait for and where they are. */
    public Whereabouts whereabouts() {
        return whereabouts;
    }

    /** Returns whether the program has a handler of its own for a signal other than SIGINT, for which all have one. */
    public synchronized boolean catchesSignals() {
        for (int signum = 1; signum < dispositions.length; signum++) {
            if (dispositions[signum] == Disposition.CATCH && signum != Signals.SIGINT) {
                return true;
            }
        }
        return !pending.isEmpty();
    }

    /** Returns whether the process has been killed or has ended, even if others can't see it yet. */
    public synchronized boolean isEndDecided() {
        return fate != null;
    }

    private <T, E extends Exception> T interruptibly(Wait<T, E> wait) throws E, SignalInterrupt, InterruptedException {
        try {
            return waitUnlessEnding(wait);
        } catch (InterruptedException e) {
            if (isEndDecided()) {
                body.leave();
            }
            throw e;
        }
    }

    private <T, E extends Exception> T waitUnlessEnding(Wait<T, E> wait) throws E, SignalInterrupt, InterruptedException {
        if (Thread.currentThread() != thread) {
            return wait.await();
        }
        synchronized (this) {
            if (fate != null) {
                throw new InterruptedException();
            }
            if (!pending.isEmpty()) {
                throw new SignalInterrupt();
            }
            mainThreadWaits = true;
        }
        try {
            return wait.await();
        } catch (InterruptedException e) {
            synchronized (this) {
                if (!pending.isEmpty() && fate == null) {
                    throw new SignalInterrupt();
                }
            }
            throw e;
        } finally {
            synchronized (this) {
                mainThreadWaits = false;
                if (fate == null && !pending.isEmpty() && Thread.interrupted()) {
                    // The signal came when the wait was already over: the caller will not look for it.
                    body.wake();
                }
            }
        }
    }

    @Override
    public String toString() {
        return pid + " " + name;
    }
}
