package org.polyproc;

import java.lang.foreign.MemorySegment;
import org.polyproc.kernel.memory.Cells;

/**
 * A {@code multiprocessing.Value} of a simple type, seen from Java without a copy.
 *
 * <p>Thread-safe. A read has acquire and a write release semantics: who reads a value sees what its writer did before. What is
 * done under the {@linkplain #getLock lock} sees all that was done under it before. After the memory is freed (because the host
 * or, for what an ended program left, its process is closed), an access throws {@link IllegalStateException}. Two objects are
 * equal if they stand for the same memory.
 */
public final class SharedValue {

    private final LockedCells cells;

    SharedValue(Cells cells) {
        this(new LockedCells(cells));
    }

    SharedValue(LockedCells cells) {
        this.cells = cells;
    }

    LockedCells cells() {
        return cells;
    }

    /** {@return the number as a {@code long}; a real one is cut to its whole part} Acquire semantics. */
    public long getLong() {
        return cells.getLong(0);
    }

    /** {@return the number as a {@code double}} Acquire semantics. */
    public double getDouble() {
        return cells.getDouble(0);
    }

    /**
     * Sets an integer; the bits that the value's type does not have are cut off. Release semantics.
     *
     * @param value the new value
     */
    public void setLong(long value) {
        cells.setLong(0, value);
    }

    /**
     * Sets a real number; an integer value takes its whole part. Release semantics.
     *
     * @param value the new value
     */
    public void setDouble(double value) {
        cells.setDouble(0, value);
    }

    /**
     * Adds to the number, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param delta what is added
     * @return the number before, a real one cut to its whole part
     * @throws IllegalStateException if the value has no lock
     */
    public long getAndAdd(long delta) {
        return cells.getAndAdd(0, delta);
    }

    /**
     * Adds to the number, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param delta what is added
     * @return the number before
     * @throws IllegalStateException if the value has no lock
     */
    public double getAndAdd(double delta) {
        return cells.getAndAdd(0, delta);
    }

    /**
     * Sets the number if it is equal to the expected one, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param expected what it must be to be set
     * @param value the new value
     * @return whether it was
     * @throws IllegalStateException if the value has no lock
     */
    public boolean compareAndSet(long expected, long value) {
        return cells.compareAndSet(0, expected, value);
    }

    /**
     * Sets the number if it is equal ({@code ==}) to the expected one, under the lock, which is waited for as
     * {@link SharedLock#lock} does.
     *
     * @param expected what it must be to be set
     * @param value the new value
     * @return whether it was
     * @throws IllegalStateException if the value has no lock
     */
    public boolean compareAndSet(double expected, double value) {
        return cells.compareAndSet(0, expected, value);
    }

    /**
     * {@return the lock under which Python's programs access the value: {@code get_lock()}}
     *
     * @throws IllegalStateException if the value has none: a {@code RawValue}, or what an ended program left
     */
    public SharedLock getLock() {
        return cells.requireLock();
    }

    /** {@return the value's memory, in the machine's byte order; it is held by this object only} */
    public MemorySegment memory() {
        return cells.memory();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedValue value && value.cells.equals(cells);
    }

    @Override
    public int hashCode() {
        return cells.hashCode();
    }

    @Override
    public String toString() {
        return cells.format().isReal() ? Double.toString(getDouble()) : Long.toString(getLong());
    }
}
