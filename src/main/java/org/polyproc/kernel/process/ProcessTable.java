package org.polyproc.kernel.process;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
    private final int maxProcesses;
    private volatile Runnable watcher;
    private int nextPid;
    private boolean closed;

    /**
     * @param firstPid     the number of the first process; the others count up from it
     * @param maxProcesses how many processes may be alive at once, at least 1
     */
    public ProcessTable(int firstPid, int maxProcesses) {
        if (maxProcesses < 1) {
            throw new IllegalArgumentException("the limit on processes must be positive: limit=" + maxProcesses);
        }
        this.nextPid = firstPid;
        this.maxProcesses = maxProcesses;
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
    public synchronized boolean bear(
            VirtualProcess process, VirtualProcess parent, String name, Collection<Integer> inherited) {
        if (closed || parent != null && parent.hasEnded()) {
            throw new IllegalStateException("a closed kernel and an ended process start no process: name=" + name);
        }
        if (process.hasEnded()) {
            return false;
        }
        if (processes.values().stream().filter(p -> !p.hasEnded()).count() >= maxProcesses) {
            throw new ProcessLimitException(maxProcesses);
        }
        if (parent != null) {
            parent.descriptors().share(inherited, process.descriptors());
        }
        int pid = nextPid++;
        processes.put(pid, process);
        process.bear(pid, parent, name);
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

    synchronized void onEnd(VirtualProcess process) {
        process.setEnded();
    }

    /** Forgets a process; returns whether it was known. */
    boolean remove(VirtualProcess process) {
        return processes.remove(process.pid(), process);
    }

    /**
     * Kills every process, but those that end last by themselves, and waits for their ends, for a limited time; what has not ended
     * then is named in the log. No process starts afterwards. Idempotent.
     */
    public void close() {
        List<VirtualProcess> last;
        synchronized (this) {
            closed = true;
            last = list().toList();
        }
        last.stream().filter(p -> !p.endsLast()).forEach(p -> p.signal(Signals.SIGKILL));
        long deadline = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        try {
            for (VirtualProcess p : last) {
                if (p.waitFor(deadline - System.nanoTime()).isEmpty()) {
                    LOG.log(System.Logger.Level.WARNING, "process did not end when its kernel was closed: " + p);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
