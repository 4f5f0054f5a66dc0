package org.polyproc.guest;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.syscall.Birthright;

/**
 * Children that are prepared before they are asked for: making an interpreter and importing what every child needs is most of the
 * work of a start, and can be done in advance, by the thread that will be the child's.
 *
 * <p>The nursery is filled when a main process imports {@code multiprocessing}, and when a child has ended: who started one may
 * start another. What the last child was given is given to those that are prepared next, as far as it is the same for most
 * children, and what children turned out to need of the standard library is imported: a program that starts processes mostly starts
 * more of the same kind. It is not filled when a child is taken, since what was started wants the processors for itself. What nobody takes is
 * given up after a while, and nothing is prepared when the heap is nearly full.
 *
 * <p>Thread-safe.
 */
final class Nursery implements AutoCloseable {

    /** How long children stay prepared when nothing is started or ends. */
    private static final long PATIENCE_SECONDS = 10;

    /** How many modules are imported in advance at most. */
    private static final int MOST_MODULES = 200;

    /** How much of the heap must be free, as a divisor of its limit. */
    private static final int FREE_PART = 4;

    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Child(GuestProcess body, VirtualProcess process) { }

    private final Guests guests;
    private final ProcessTable processes;
    private final int size;

    /* Guarded by this. */
    private final Deque<Child> children = new ArrayDeque<>();
    private CompletableFuture<Void> patience = CompletableFuture.completedFuture(null);
    private boolean closed;
    private Birthright last;
    /** What the next children are prepared with; null if it can't be foreseen. */
    private Birthright expected;
    private final Set<String> modules = new TreeSet<>();

    /** @param size how many children are prepared at most, at least 0 */
    Nursery(Guests guests, ProcessTable processes, int size) {
        this.guests = guests;
        this.processes = processes;
        this.size = size;
    }

    /**
     * Starts a child: one that is prepared, or is about to be, if there is one.
     *
     * @param birthright what it is given; the other parameters and the exceptions are those of {@link ProcessTable#start}
     */
    VirtualProcess start(VirtualProcess parent, String name, Collection<Integer> inherited, Birthright birthright) {
        VirtualProcess process = startPrepared(parent, name, inherited, birthright);
        if (process == null) {
            GuestProcess body = GuestProcess.child(guests, null, modules());
            body.setBirthright(birthright);
            process = processes.start(parent, name, inherited, body);
        }
        process.onExit().thenRun(this::fill);
        return process;
    }

    private VirtualProcess startPrepared(
            VirtualProcess parent, String name, Collection<Integer> inherited, Birthright birthright) {
        for (Child child = take(birthright); child != null; child = take(birthright)) {
            child.body.setBirthright(birthright);
            try {
                if (processes.bear(child.process, parent, name, inherited)) {
                    return child.process;
                }
            } catch (RuntimeException e) {
                child.process.discard();
                throw e;
            }
        }
        return null;
    }

    private synchronized Child take(Birthright birthright) {
        Birthright now = birthright.withoutProcess();
        // Who gives each child something else gets children that are prepared for anything.
        expected = last == null || last.prepares(now) ? now : null;
        last = now;
        cancel(discard(children.stream().filter(child -> !child.body.suits(birthright)).toList()));
        bePatient();
        return children.poll();
    }

    private synchronized List<Child> discard(Collection<Child> some) {
        List<Child> discarded = List.copyOf(some);
        children.removeAll(discarded);
        discarded.forEach(child -> child.process.discard());
        return discarded;
    }

    /** Ends children that are discarded, in the background: what they were prepared with may never end by itself. */
    private static void cancel(List<Child> discarded) {
        discarded.forEach(child -> Thread.ofPlatform().daemon().name("polyproc-discard").start(child.body::cancel));
    }

    /** Imports these modules, too, in the children that are prepared from now on. */
    synchronized void learn(String names) {
        Stream.of(names.split(" ")).limit(MOST_MODULES - modules.size()).forEach(modules::add);
    }

    private synchronized String modules() {
        return String.join(" ", modules);
    }

    /** Prepares as many children as there may be. */
    synchronized void fill() {
        children.removeIf(child -> child.process.exitCode().isPresent());
        while (!closed && children.size() < size && hasRoom()) {
            GuestProcess body = GuestProcess.child(guests, expected, modules());
            children.add(new Child(body, processes.prepare(body)));
        }
        bePatient();
    }

    /** Lets what is prepared wait from now on. */
    private void bePatient() {
        patience.cancel(false);
        if (!children.isEmpty()) {
            patience = new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
            patience.thenRun(() -> cancel(discard(children)));
        }
    }

    private static boolean hasRoom() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return free > runtime.maxMemory() / FREE_PART;
    }

    /** Ends the children that are prepared, and waits for their ends. No other is prepared afterwards. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            patience.cancel(false);
        }
        long deadline = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        try {
            List<Child> discarded = discard(children);
            discarded.forEach(child -> child.body.cancel());
            for (Child child : discarded) {
                child.process.waitFor(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
