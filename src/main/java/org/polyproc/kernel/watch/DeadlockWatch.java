package org.polyproc.kernel.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.Waitable;
import org.polyproc.kernel.process.ProcessSentinel;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.kernel.process.Waiting;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * Finds out when processes wait for ever. It looks each time that a thread begins to wait without a limit, and when a thread or
 * process has ended; in between nothing can have come to a standstill.
 *
 * <p>There is a deadlock if each of several threads waits for a lock that the next one owns, or for the end of the next one's process;
 * or if every thread of every process waits for something that only one of them could give. A lock that was ever released by another
 * thread than its owner is no part of such a ring. What may come from outside counts as coming: a limit of time, a signal that
 * the program handles, an object that Java or a socket holds as well, a thread that is in no wait of the kernel's.
 *
 * <p>A thread whose wait is seen has not taken what it waits for ({@link org.polyproc.kernel.process.Whereabouts#granted}), so who
 * could go on at once is recognised by what is free. What is seen is looked at twice: between the two looks, all of it was so at
 * the same time.
 *
 * <p>Thread-safe. Tells of the first deadlock only.
 */
public final class DeadlockWatch {

    private static final String RING = "these processes wait for each other";
    private static final String STANDSTILL = "all processes wait, and only they could end their waits";

    private record Waiter(VirtualProcess process, Waiting waiting) { }

    private final ProcessTable table;
    private final Consumer<String> listener;
    private boolean told;

    private DeadlockWatch(ProcessTable table, Consumer<String> listener) {
        this.table = table;
        this.listener = listener;
    }

    /**
     * Watches a table, before a process is started in it.
     *
     * @param listener is told the first deadlock, in lines of text, by a thread of its own
     */
    public static void install(ProcessTable table, Consumer<String> listener) {
        table.watch(new DeadlockWatch(table, listener)::look);
    }

    /** Describes a ring of processes that wait for each other, if there is one now. */
    static Optional<String> ringOf(ProcessTable table) {
        DeadlockWatch watch = new DeadlockWatch(table, text -> { });
        return Optional.ofNullable(twice(watch::ring)).map(ring -> "\n" + watch.text(RING, ring));
    }

    private synchronized void look() {
        if (told) {
            return;
        }
        List<Waiter> ring = twice(this::ring);
        if (ring != null) {
            tell(text(RING, ring));
            return;
        }
        List<Waiter> all = twice(this::standstill);
        if (all != null) {
            tell(text(STANDSTILL, all));
        }
    }

    private static List<Waiter> twice(Supplier<List<Waiter>> look) {
        List<Waiter> first = look.get();
        return first != null && first.equals(look.get()) ? first : null;
    }

    private String text(String what, List<Waiter> waiters) {
        return "deadlock: " + what + "\n" + waiters.stream().map(this::line).collect(Collectors.joining());
    }

    private void tell(String text) {
        told = true;
        Thread.ofPlatform().daemon().name("polyproc-deadlock").start(() -> listener.accept(text));
    }

    private String line(Waiter waiter) {
        Waiting waiting = waiter.waiting;
        String thread = waiting.thread() == waiter.process.mainThread() ? "" : " in thread " + waiting.thread().getName();
        String where = waiting.where() == null ? "" : " at " + waiting.where();
        return "  " + Words.process(waiter.process) + thread + where + " waits for " + Words.reason(waiting.reason(), table) + "\n";
    }

    // Everybody waits

    /** Returns all threads of all processes, if none of them can go on; otherwise null. */
    private List<Waiter> standstill() {
        List<Waiter> waiters = new ArrayList<>();
        for (VirtualProcess process : table.living()) {
            List<Thread> threads = process.threads();
            if (threads.isEmpty() || mayBeHelped(process)) {
                return null;
            }
            for (Thread thread : threads) {
                Waiting waiting = process.whereabouts().waiting(thread);
                if (waiting == null || waiting.isLimited() || mayEnd(waiting.reason())) {
                    return null;
                }
                waiters.add(new Waiter(process, waiting));
            }
        }
        return waiters.isEmpty() ? null : waiters;
    }

    private static boolean mayBeHelped(VirtualProcess process) {
        return process.isEndDecided() || process.catchesSignals() || process.currentTask().isLimited()
                || process.whereabouts().isThreadStarting();
    }

    /** Returns whether a wait can end though no process does anything. */
    private boolean mayEnd(WaitReason reason) {
        return switch (reason) {
            case WaitReason.Unit(KernelSemaphore semaphore) ->
                    semaphore.value() > 0 || semaphore.isDestroyed() || hasOutsiders(semaphore);
            case WaitReason.Message(ChannelEnd end) -> end.isReady() || hasOutsiders(end.peer());
            case WaitReason.Room(ChannelEnd end, int bytes) -> !end.isFullFor(bytes) || hasOutsiders(end.peer());
            case WaitReason.Exit(VirtualProcess process) -> process.hasEnded();
            case WaitReason.Any(var things) -> things.stream().anyMatch(this::mayBecomeReady);
            case WaitReason.Time(), WaitReason.Other(_) -> true;
        };
    }

    private boolean mayBecomeReady(Waitable thing) {
        return thing.isReady() || switch (thing) {
            case ChannelEnd end -> hasOutsiders(end.peer());
            case ProcessSentinel _ -> false;
            default -> true;
        };
    }

    /** Returns whether somebody holds an object who is no process: Java, a socket, a message on its way. */
    private boolean hasOutsiders(KernelObject object) {
        return object.holders() > table.list()
                .filter(process -> process.descriptors().find(object.id(), KernelObject.class).isPresent()).count();
    }

    // A ring

    /** Returns threads of which each waits for the next and the last one for the first, or null. */
    private List<Waiter> ring() {
        for (VirtualProcess process : table.living()) {
            for (Waiting waiting : process.whereabouts().waits()) {
                List<Waiter> ring = ringFrom(waiting.thread());
                if (ring != null) {
                    return ring;
                }
            }
        }
        return null;
    }

    private List<Waiter> ringFrom(Thread first) {
        List<Waiter> ring = new ArrayList<>();
        for (Thread thread = first; ring.isEmpty() || thread != first;) {
            Waiter waiter = waiter(thread);
            if (waiter == null || ring.contains(waiter)) {
                return null;
            }
            ring.add(waiter);
            thread = awaited(waiter.waiting.reason());
        }
        // A thread that waits for its own lock is no ring: somebody else may be about to release it.
        return ring.size() > 1 ? ring : null;
    }

    private Waiter waiter(Thread thread) {
        if (thread == null) {
            return null;
        }
        for (VirtualProcess process : table.living()) {
            Waiting waiting = process.whereabouts().waiting(thread);
            if (waiting != null) {
                return waiting.isLimited() || process.isEndDecided() || process.catchesSignals() ? null : new Waiter(process, waiting);
            }
        }
        return null;
    }

    /** Returns the only thread that could end a wait; null if it is not exactly one. */
    private Thread awaited(WaitReason reason) {
        return switch (reason) {
            case WaitReason.Unit(KernelSemaphore lock) when isOwnersOnly(lock) -> lock.owner();
            case WaitReason.Exit(VirtualProcess process) when !process.hasEnded() -> process.mainThread();
            case WaitReason.Any(var things) when things.size() == 1
                    && things.getFirst() instanceof ProcessSentinel sentinel && !sentinel.isReady() ->
                    sentinel.process().mainThread();
            default -> null;
        };
    }

    private boolean isOwnersOnly(KernelSemaphore lock) {
        return lock.isLock() && lock.value() == 0 && !lock.isHandedOver() && !hasOutsiders(lock);
    }
}
