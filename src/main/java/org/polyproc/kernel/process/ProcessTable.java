package org.polyproc.kernel.process;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.polyproc.kernel.Budget;
import org.polyproc.kernel.Limits;

/**
 * All processes of a kernel, those that have ended and wait for their parent to ask included.
 *
 * <p>Thread-safe.
 */
public final class ProcessTable {

    /** How long {@link #close} waits for processes that were killed. */
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final System.Logger LOG = System.getLogger("org.polyproc.process");

    private final Map<Integer, VirtualProcess> processes = new ConcurrentHashMap<>();
    /** Those whose thread runs, before the birth and after the end too. */
    private final Set<VirtualProcess> active = ConcurrentHashMap.newKeySet();

    private volatile Runnable watcher;
    private final Limits limits;
    private final Budget objects;
    private final Budget threads;
    private int nextPid;
    private boolean closed;
    private volatile ProcessListener listener = ProcessListener.NOBODY;

    /**
     * @param firstPid     the number of the first process; the others count up from it
     * @param maxProcesses how many processes may be alive at once, at least 1
     */
    public ProcessTable(int firstPid, int maxProcesses) {
        this(firstPid, Limits.of(maxProcesses), Budget.unlimited());
    }

    /**
     * @param firstPid the number of the first process; the others count up from it
     * @param limits   how much the processes may have
     * @param objects  how many kernel objects they may hold
     */
    public ProcessTable(int firstPid, Limits limits, Budget objects) {
        this.nextPid = firstPid;
        this.limits = limits;
        this.objects = objects;
        this.threads = new Budget(limits.maxThreads());
    }

    /** Returns how many kernel objects the processes may hold. */
    Budget objects() {
        return objects;
    }

    /** Returns how many threads the processes may have besides their main threads. */
    Budget threads() {
        return threads;
    }

    /** Says who is told of births and ends, from now on; at first, nobody is. */
    public void setListener(ProcessListener other) {
        listener = other;
    }

    /**
     * Starts a process.
     *
     * @param parent    its parent, or null if Java starts it
     * @param name      its name, for people
     * @param inherited numbers of kernel objects that the parent holds and the new process is to hold
     * @param body      what it executes
     * @throws ProcessLimitException    if as many processes as allowed are alive
     * @throws IllegalArgumentException if the parent does not hold what is to be inherited
     * @throws IllegalStateException    if the table is closed or the parent has ended
     */
    public VirtualProcess start(VirtualProcess parent, String name, Collection<Integer> inherited, ProcessBody body) {
        VirtualProcess process = new VirtualProcess(this, body);
        bear(process, parent, name, inherited);
        process.start();
        return process;
    }

    /**
     * Makes the calling thread the main thread of a process without a parent, until that is {@linkplain VirtualProcess#release
     * released}.
     *
     * @param name its name, for people
     * @param body what is asked to cancel and wake it; it is never run
     * @throws ProcessLimitException if as many processes as allowed are alive
     * @throws IllegalStateException if the table is closed
     */
    public VirtualProcess adopt(String name, ProcessBody body) {
        VirtualProcess process = new VirtualProcess(this, body, Thread.currentThread());
        bear(process, null, name, List.of());
        return process;
    }

    /**
     * Starts the thread of a process that is not born yet: it may prepare, see {@link VirtualProcess#awaitBirth}.
     *
     * @param body what it executes
     */
    public VirtualProcess prepare(ProcessBody body) {
        VirtualProcess process = new VirtualProcess(this, body);
        process.start();
        return process;
    }

    /**
     * Lets a prepared process be born; the parameters and exceptions are those of {@link #start}.
     *
     * @return false if it has failed to prepare, and ended
     */
    public boolean bear(VirtualProcess process, VirtualProcess parent, String name, Collection<Integer> inherited) {
        if (!enter(process, parent, name, inherited)) {
            return false;
        }
        tell(ProcessListener::onStart, process);
        process.beBorn();
        return true;
    }

    private synchronized boolean enter(
            VirtualProcess process, VirtualProcess parent, String name, Collection<Integer> inherited) {
        if (closed || parent != null && parent.hasEnded()) {
            throw new IllegalStateException("a closed kernel and an ended process start no process: name=" + name);
        }
        if (process.hasEnded()) {
            return false;
        }
        if (processes.values().stream().filter(p -> !p.hasEnded()).count() >= limits.maxProcesses()) {
            throw new ProcessLimitException(limits.maxProcesses());
        }
        if (parent != null) {
            parent.descriptors().share(inherited, process.descriptors());
        }
        int pid = nextPid++;
        processes.put(pid, process);
        process.bear(pid, parent, name);
        Deadline deadline = parent == null ? Deadline.after(limits.maxRunTime()) : parent.deadline();
        process.setDeadline(deadline);
        return true;
    }

    /** Returns the process with the given number. */
    public Optional<VirtualProcess> find(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** Returns the processes, in the order of their numbers. */
    public Stream<VirtualProcess> list() {
        return processes.values().stream().sorted((a, b) -> Integer.compare(a.pid(), b.pid()));
    }

    /**
     * Sets who is told, by the thread concerned, each time that a thread of a process begins to wait without a limit, and that a
     * process or one of its threads has ended. Called before any process starts.
     */
    public void watch(Runnable listener) {
        watcher = listener;
    }

    /** Returns whether somebody watches, so that waits and locks have to note where they are. */
    public boolean isWatched() {
        return watcher != null;
    }

    void tellWatcher() {
        Runnable listener = watcher;
        if (listener != null) {
            listener.run();
        }
    }

    /** Returns the processes that have not ended and do not just wait for the others' ends, in the order of their numbers. */
    public List<VirtualProcess> living() {
        return list().filter(process -> !process.hasEnded() && !process.endsLast()).toList();
    }

    /** Returns the process that has, or had, a thread. */
    public Optional<VirtualProcess> ofThread(Thread thread) {
        return processes.values().stream().filter(process -> process.owns(thread)).findAny();
    }

    void tellExit(VirtualProcess process) {
        tell(ProcessListener::onExit, process);
    }

    private void tell(BiConsumer<ProcessListener, VirtualProcess> event, VirtualProcess process) {
        try {
            event.accept(listener, process);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed at process " + process, e);
        }
    }

    void addActive(VirtualProcess process) {
        active.add(process);
    }

    void removeActive(VirtualProcess process) {
        active.remove(process);
    }

    synchronized void onEnd(VirtualProcess process) {
        process.setEnded();
    }

    /** Forgets a process; returns whether it was known. */
    boolean remove(VirtualProcess process) {
        return processes.remove(process.pid(), process);
    }

    /**
     * Kills every process, but those that end last by themselves, releases those that were adopted, and waits for their ends and those of their threads, for a limited
     * time; what has not ended then is named in the log. No process starts afterwards. Idempotent.
     */
    public void close() {
        List<VirtualProcess> last;
        synchronized (this) {
            closed = true;
            last = list().toList();
        }
        List<VirtualProcess> all = Stream.concat(last.stream(), active.stream()).toList();
        last.stream().filter(p -> !p.endsLast()).forEach(VirtualProcess::stop);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        try {
            for (VirtualProcess p : last) {
                if (p.waitFor(deadline - System.nanoTime()).isEmpty()) {
                    LOG.log(System.Logger.Level.WARNING, "process did not end when its kernel was closed: " + p);
                }
            }
            for (VirtualProcess p : all) {
                p.joinThreads(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
