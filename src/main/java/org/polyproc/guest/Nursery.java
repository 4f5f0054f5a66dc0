package org.polyproc.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * Children that are prepared before they are asked for: making an interpreter and importing what every child needs is most of the
 * work of a start, and can be done in advance, by the thread that will be the child's.
 *
 * <p>The nursery is filled when a main process imports {@code multiprocessing}, and when a child has ended: who started one may
 * start another. It is not filled when a child is taken, since what was started wants the processors for itself. What nobody takes is
 * given up after a while, and nothing is prepared when the heap is nearly full.
 *
 * <p>Thread-safe.
 */
final class Nursery implements AutoCloseable {

    /** How long children stay prepared when nothing is started or ends. */
    private static final long PATIENCE_SECONDS = 10;

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

    /** @param size how many children are prepared at most, at least 0 */
    Nursery(Guests guests, ProcessTable processes, int size) {
        this.guests = guests;
        this.processes = processes;
        this.size = size;
    }

    /**
     * Starts a child: one that is prepared, or is about to be, if there is one.
     *
     * @param program what it executes; the other parameters and the exceptions are those of {@link ProcessTable#start}
     */
    VirtualProcess start(VirtualProcess parent, String name, Collection<Integer> inherited,
            BiFunction<Value, VirtualProcess, Value> program) {
        VirtualProcess process = startPrepared(parent, name, inherited, program);
        if (process == null) {
            GuestProcess body = GuestProcess.child(guests);
            body.setProgram(program);
            process = processes.start(parent, name, inherited, body);
        }
        process.onExit().thenRun(this::fill);
        return process;
    }

    private VirtualProcess startPrepared(VirtualProcess parent, String name, Collection<Integer> inherited,
            BiFunction<Value, VirtualProcess, Value> program) {
        for (Child child = take(); child != null; child = take()) {
            child.body.setProgram(program);
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

    private synchronized Child take() {
        bePatient();
        return children.poll();
    }

    /** Prepares as many children as there may be. */
    synchronized void fill() {
        children.removeIf(child -> child.process.exitCode().isPresent());
        while (!closed && children.size() < size && hasRoom()) {
            GuestProcess body = GuestProcess.child(guests);
            children.add(new Child(body, processes.prepare(body)));
        }
        bePatient();
    }

    /** Lets what is prepared wait from now on. */
    private void bePatient() {
        patience.cancel(false);
        if (!children.isEmpty()) {
            patience = new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
            patience.thenRun(this::empty);
        }
    }

    private static boolean hasRoom() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return free > runtime.maxMemory() / FREE_PART;
    }

    private List<Child> empty() {
        List<Child> left;
        synchronized (this) {
            left = new ArrayList<>(children);
            children.clear();
        }
        left.forEach(child -> child.process.discard());
        return left;
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
            for (Child child : empty()) {
                child.body.cancel();
                child.process.waitFor(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
