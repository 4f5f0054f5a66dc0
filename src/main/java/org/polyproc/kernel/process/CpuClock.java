package org.polyproc.kernel.process;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The processor time of a set of threads, those that have left it included. Thread-safe. */
final class CpuClock {

    /** Loaded when the first thread leaves or the first clock is read: it takes the JVM some 20 ms. */
    private static final class Management {
        static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    }

    /* Guarded by this. */
    private final Set<Thread> threads = new HashSet<>();
    private long goneNanos;

    /** Counts a thread in, with all the time it has used. */
    synchronized void add(Thread thread) {
        threads.add(thread);
    }

    /** Counts from now on only. */
    synchronized void restart() {
        goneNanos = 0;
        if (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.NEW)) {
            goneNanos = -nanos();
        }
    }

    /** Counts a living thread out, which leaves the time it has used. */
    synchronized void remove(Thread thread) {
        if (threads.remove(thread)) {
            goneNanos += nanos(thread);
        }
    }

    /** Returns the threads that are counted now. */
    synchronized List<Thread> threads() {
        return List.copyOf(threads);
    }

    /** Returns the processor time that the threads have used, in nanoseconds. */
    synchronized long nanos() {
        return goneNanos + threads.stream().mapToLong(CpuClock::nanos).sum();
    }

    /** Returns the processor time of the calling thread, in nanoseconds. */
    static long currentThreadNanos() {
        return Management.THREADS.getCurrentThreadCpuTime();
    }

    private static long nanos(Thread thread) {
        // The answer for a thread that has not started or has ended is -1.
        return Math.max(Management.THREADS.getThreadCpuTime(thread.threadId()), 0);
    }
}
