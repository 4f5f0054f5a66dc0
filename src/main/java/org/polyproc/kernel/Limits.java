package org.polyproc.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * How much the processes of a kernel may have together.
 *
 * @param maxProcesses   how many may be alive at once, at least 1
 * @param maxThreads     how many threads they may have besides their main threads, not negative
 * @param maxObjects     how many kernel objects and names there may be, not negative: an object counts once for each process that holds
 *                       it
 * @param maxSharedBytes how much shared memory there may be, not counting the machine's, in bytes, not negative
 * @param maxQueuedBytes how many bytes may wait in channels, not negative
 * @param maxRunTime     how long a process that Java starts, and all that descend from it, may run; positive, or empty for no limit
 */
public record Limits(int maxProcesses, int maxThreads, int maxObjects, long maxSharedBytes, long maxQueuedBytes,
        Optional<Duration> maxRunTime) {

    /** How many processes may be alive at once unless somebody decides otherwise. */
    public static final int DEFAULT_PROCESSES = 512;
    /** How many threads there may be unless somebody decides otherwise. */
    public static final int DEFAULT_THREADS = 4096;
    /** How many kernel objects there may be unless somebody decides otherwise. */
    public static final int DEFAULT_OBJECTS = 131_072;

    /** Checks the limits. */
    public Limits {
        check(maxProcesses >= 1, "the limit on processes must be positive", maxProcesses);
        check(maxThreads >= 0, "the limit on threads must not be negative", maxThreads);
        check(maxObjects >= 0, "the limit on kernel objects must not be negative", maxObjects);
        check(maxSharedBytes >= 0, "the limit on shared memory must not be negative", maxSharedBytes);
        check(maxQueuedBytes >= 0, "the limit on bytes waiting in channels must not be negative", maxQueuedBytes);
        maxRunTime.ifPresent(time -> check(time.isPositive(), "the limit on run time must be positive", time));
    }

    /**
     * Returns the default limits but for the number of processes: as much shared memory as the JVM's heap may have, a quarter of it
     * in channels, and no limit on time.
     *
     * @param maxProcesses how many processes may be alive at once, at least 1
     */
    public static Limits of(int maxProcesses) {
        long heap = Runtime.getRuntime().maxMemory();
        return new Limits(maxProcesses, DEFAULT_THREADS, DEFAULT_OBJECTS, heap, heap / 4, Optional.empty());
    }

    private static void check(boolean isRight, String rule, Object limit) {
        if (!isRight) {
            throw new IllegalArgumentException(rule + ": limit=" + limit);
        }
    }
}
