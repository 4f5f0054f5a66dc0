package org.polyproc.kernel;

/**
 * How much of something the processes of a kernel may have together. What is garbage in Python counts until Java's collector has
 * found it, so {@link #makeRoom} makes it look.
 *
 * <p>Thread-safe. No method takes another lock.
 */
public final class Budget {

    /** How long {@link #makeRoom} waits at most for garbage to be given back, after a collection: in nanoseconds, one second. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final long limit;

    /* Guarded by this. */
    private long used;

    /**
     * @param limit how much there may be, not negative
     */
    public Budget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit must not be negative: limit=" + limit);
        }
        this.limit = limit;
    }

    /** Returns a budget that nothing exceeds. */
    public static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    /** Returns how much there may be. */
    public long limit() {
        return limit;
    }

    /** Returns how much is taken. */
    public synchronized long used() {
        return used;
    }

    /**
     * Takes some, without waiting.
     *
     * @param amount how much, not negative
     * @return false, with nothing taken, if there is not as much
     */
    public synchronized boolean tryTake(long amount) {
        if (amount > limit - used) {
            return false;
        }
        used += amount;
        return true;
    }

    /** Takes some, whether it is there or not: for what Java itself asks for. */
    public synchronized void take(long amount) {
        used += amount;
    }

    /**
     * Lets Java's collector look for garbage, and waits for a limited time until there is as much left as is wanted. It is not taken.
     *
     * @param amount how much, not negative
     * @return whether there is as much; another thread may take it first
     */
    public boolean makeRoom(long amount) {
        if (amount > limit) {
            return false;
        }
        System.gc();
        return awaitRoom(amount);
    }

    private synchronized boolean awaitRoom(long amount) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (amount > limit - used) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
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

    /** Gives back what was taken. */
    public synchronized void giveBack(long amount) {
        used -= amount;
        notifyAll();
    }
}
