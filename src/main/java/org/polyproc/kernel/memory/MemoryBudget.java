package org.polyproc.kernel.memory;

/**
 * How much memory the segments of a kernel may take together. Memory that is garbage in Python counts until Java's collector has
 * found it, so a request that does not fit makes it look first.
 *
 * <p>Thread-safe.
 */
public final class MemoryBudget {

    /** How long a request waits at most for garbage to be given back, after a collection: in nanoseconds, one second. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final long limit;
    private long used;

    /**
     * @param limit the sum of all segments, in bytes, not negative
     */
    public MemoryBudget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit on shared memory must not be negative: limit=" + limit);
        }
        this.limit = limit;
    }

    /** Returns how much is taken, in bytes. */
    public synchronized long used() {
        return used;
    }

    /**
     * Takes memory.
     *
     * @param bytes how much, not negative
     * @throws OutOfMemoryError if there is not as much, or the thread is interrupted while garbage is looked for
     */
    void reserve(long bytes) {
        if (tryReserve(bytes)) {
            return;
        }
        System.gc();
        if (!awaitReserve(bytes)) {
            throw new OutOfMemoryError("shared memory is limited to " + limit + " bytes, of which " + used() + " are used");
        }
    }

    private synchronized boolean tryReserve(long bytes) {
        if (bytes > limit - used) {
            return false;
        }
        used += bytes;
        return true;
    }

    private synchronized boolean awaitReserve(long bytes) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!tryReserve(bytes)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (bytes > limit || millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Gives memory back. */
    synchronized void release(long bytes) {
        used -= bytes;
        notifyAll();
    }
}
