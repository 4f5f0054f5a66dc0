package org.polyproc.kernel.memory;

import org.polyproc.kernel.Budget;

/**
 * How much memory the segments of a kernel may take together. A request that does not fit makes Java's collector look for garbage
 * first.
 *
 * <p>Thread-safe.
 */
public final class MemoryBudget {

    private final Budget bytes;

    /**
     * @param limit the sum of all segments, in bytes, not negative
     */
    public MemoryBudget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit on shared memory must not be negative: limit=" + limit);
        }
        this.bytes = new Budget(limit);
    }

    /** Returns how much is taken, in bytes. */
    public long used() {
        return bytes.used();
    }

    /**
     * Takes memory.
     *
     * @param amount how much in bytes, not negative
     * @throws OutOfMemoryError if there is not as much, or the thread is interrupted while garbage is looked for
     */
    void reserve(long amount) {
        while (!bytes.tryTake(amount)) {
            if (!bytes.makeRoom(amount)) {
                throw new OutOfMemoryError(
                        "shared memory is limited to " + bytes.limit() + " bytes, of which " + used() + " are used");
            }
        }
    }

    /** Gives memory back. */
    void release(long amount) {
        bytes.giveBack(amount);
    }
}
