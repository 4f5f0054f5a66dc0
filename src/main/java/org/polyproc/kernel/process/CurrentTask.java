package org.polyproc.kernel.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a worker works on, for who wants to know what was lost with it. Stays when the process ends: a task that is still here then
 * has no result.
 *
 * <p>Thread-safe. What the worker did before it finished a task is visible to who sees that it is finished.
 */
public final class CurrentTask {

    private static final byte[] NOTHING = {};

    private final VirtualProcess worker;

    /* Guarded by this. */
    private byte[] message;
    private CompletableFuture<Void> limit;
    private boolean overdue;

    CurrentTask(VirtualProcess worker) {
        this.worker = worker;
    }

    /**
     * Notes that the worker begins a task.
     *
     * @param task the message that is the task, not to be changed afterwards
     */
    public synchronized void begin(byte[] task) {
        message = task;
    }

    /** Notes that the task is finished. */
    public synchronized void finish() {
        message = NOTHING;
        if (limit != null) {
            limit.complete(null);
            limit = null;
        }
    }

    /** Returns the task that the worker works on: empty if none any more, null if it never began one. */
    public synchronized byte[] message() {
        return message;
    }

    /** Returns whether the worker was killed because it needed too long for its task. */
    public synchronized boolean isOverdue() {
        return overdue;
    }

    /**
     * Kills the worker unless it finishes its task in time.
     *
     * @param nanos how long it may go on, in nanoseconds
     */
    public synchronized void limit(long nanos) {
        CompletableFuture<Void> timer = new CompletableFuture<Void>().orTimeout(nanos, TimeUnit.NANOSECONDS);
        limit = timer;
        timer.whenComplete((nothing, timeout) -> {
            if (timeout != null) {
                killUnlessFinished(timer);
            }
        });
    }

    /** Returns whether the worker is going to be killed unless it finishes its task in time. */
    public synchronized boolean isLimited() {
        return limit != null;
    }

    private synchronized void killUnlessFinished(CompletableFuture<Void> timer) {
        if (limit == timer) {
            overdue = true;
            // Still in the lock: a worker that finishes now must not get away and begin another task.
            worker.signal(Signals.SIGKILL);
        }
    }
}
