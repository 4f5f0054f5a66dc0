package org.polyproc.kernel.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process's timer of real time, the counterpart of {@code setitimer(ITIMER_REAL)}: it sends its process SIGALRM once, or again and
 * again. Thread-safe.
 */
public final class IntervalTimer {

    /** Timers of Linux tick no faster than this, in nanoseconds, for who asks for less. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final VirtualProcess process;

    /* Guarded by this. */
    private CompletableFuture<Void> alarm = CompletableFuture.completedFuture(null);
    private long next;
    private long interval;

    IntervalTimer(VirtualProcess process) {
        this.process = process;
    }

    /**
     * Sets the timer, instead of what it was set to.
     *
     * @param delayNanos    how long until the signal, in nanoseconds; 0 switches the timer off
     * @param intervalNanos how long from each signal to the next, in nanoseconds; 0 for a single one
     */
    public synchronized void set(long delayNanos, long intervalNanos) {
        CompletableFuture<Void> before = alarm;
        alarm = CompletableFuture.completedFuture(null);
        before.cancel(false);
        interval = delayNanos == 0 || intervalNanos == 0 ? 0 : Math.max(intervalNanos, SHORTEST_NANOS);
        if (delayNanos > 0) {
            start(delayNanos);
        }
    }

    private void start(long delayNanos) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        alarm = mine;
        next = System.nanoTime() + delayNanos;
        mine.completeOnTimeout(null, delayNanos, TimeUnit.NANOSECONDS).thenRun(() -> ring(mine));
    }

    private void ring(CompletableFuture<Void> rung) {
        synchronized (this) {
            if (rung != alarm || process.hasEnded()) {
                return;
            }
            if (interval > 0) {
                start(interval);
            }
        }
        process.signal(Signals.SIGALRM);
    }

    /** Returns how long it is until the next signal, in nanoseconds; 0 if the timer is off. */
    public synchronized long remainingNanos() {
        return alarm.isDone() ? 0 : Math.max(next - System.nanoTime(), 1);
    }

    /** Returns how long it is from each signal to the next, in nanoseconds; 0 if there is at most one. */
    public synchronized long intervalNanos() {
        return interval;
    }
}
