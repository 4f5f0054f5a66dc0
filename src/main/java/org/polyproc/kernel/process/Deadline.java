package org.polyproc.kernel.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * When a process has to have ended. Children have the deadline of their parent, so a program can't get more time by starting
 * processes. At the deadline an exception is raised in the main thread; who has not ended a while later is killed.
 *
 * @param limited   whether there is any
 * @param nanoTime  when it is, as {@link System#nanoTime} tells the time
 */
record Deadline(boolean limited, long nanoTime) {

    /** No deadline. */
    static final Deadline NONE = new Deadline(false, 0);

    /** How long a process has after its deadline, for its clean-up code: in nanoseconds, one second. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Returns the deadline of a process that begins now. */
    static Deadline after(Optional<Duration> time) {
        return time.map(t -> new Deadline(true, System.nanoTime() + TimeUnit.NANOSECONDS.convert(t))).orElse(NONE);
    }

    /** Sees to it that a process meets the deadline. One that ends by itself when all others have ended is left alone. */
    void watch(VirtualProcess process) {
        if (!limited || process.endsLast()) {
            return;
        }
        unlessEnded(process, Math.max(nanoTime - System.nanoTime(), 0), () -> {
            process.setOvertime();
            unlessEnded(process, GRACE_NANOS, () -> process.signal(Signals.SIGKILL));
        });
    }

    private static void unlessEnded(VirtualProcess process, long nanos, Runnable action) {
        CompletableFuture<Integer> exit = process.onExit();
        exit.orTimeout(nanos, TimeUnit.NANOSECONDS).whenComplete((code, timeout) -> {
            if (timeout != null) {
                action.run();
            }
        });
    }
}
