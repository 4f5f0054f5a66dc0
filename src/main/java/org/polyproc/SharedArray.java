package org.polyproc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;

/**
 * A {@code multiprocessing.Array} of a simple type, seen from Java without a copy.
 *
 * <p>Thread-safe. A read of an element has acquire and a write release semantics: who reads an element sees what its writer did
 * before. What is done under the {@linkplain #getLock lock} sees all that was done under it before. The accesses of views are
 * plain ones, to be ordered by the lock or by other means. An index that is not 0 to length - 1 throws
 * {@link IndexOutOfBoundsException}. After the memory is freed (because the host or, for what an ended program left, its process is
 * closed), an access throws {@link IllegalStateException}; a view does not hold the memory, so keep the array as long as its views.
 * Two objects are equal if they stand for the same memory.
 */
public final class SharedArray {

    private final LockedCells cells;

    SharedArray(Cells cells) {
        this(new LockedCells(cells));
    }

    SharedArray(LockedCells cells) {
        this.cells = cells;
    }

    LockedCells cells() {
        return cells;
    }

    /** {@return the number of elements} */
    public long length() {
        return cells.length();
    }

    /**
     * {@return an element as a {@code long}; a real one is cut to its whole part} Acquire semantics.
     *
     * @param index which element: 0 to length - 1
     */
    public long getLong(long index) {
        return cells.getLong(index);
    }

    /**
     * {@return an element as a {@code double}} Acquire semantics.
     *
     * @param index which element: 0 to length - 1
     */
    public double getDouble(long index) {
        return cells.getDouble(index);
    }

    /**
     * Sets an element to an integer; the bits that the array's type does not have are cut off. Release semantics.
     *
     * @param index which element: 0 to length - 1
     * @param value the new value
     */
    public void setLong(long index, long value) {
        cells.setLong(index, value);
    }

    /**
     * Sets an element to a real number; an array of integers takes its whole part. Release semantics.
     *
     * @param index which element: 0 to length - 1
     * @param value the new value
     */
    public void setDouble(long index, double value) {
        cells.setDouble(index, value);
    }

    /**
     * Adds to an element, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param index which element: 0 to length - 1
     * @param delta what is added
     * @return the element before, a real one cut to its whole part
     * @throws IllegalStateException if the array has no lock
     */
    public long getAndAdd(long index, long delta) {
        return cells.getAndAdd(index, delta);
    }

    /**
     * Adds to an element, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param index which element: 0 to length - 1
     * @param delta what is added
     * @return the element before
     * @throws IllegalStateException if the array has no lock
     */
    public double getAndAdd(long index, double delta) {
        return cells.getAndAdd(index, delta);
    }

    /**
     * Sets an element if it is equal to the expected number, under the lock, which is waited for as {@link SharedLock#lock} does.
     *
     * @param index which element: 0 to length - 1
     * @param expected what it must be to be set
     * @param value the new value
     * @return whether it was
     * @throws IllegalStateException if the array has no lock
     */
    public boolean compareAndSet(long index, long expected, long value) {
        return cells.compareAndSet(index, expected, value);
    }

    /**
     * Sets an element if it is equal ({@code ==}) to the expected number, under the lock, which is waited for as
     * {@link SharedLock#lock} does.
     *
     * @param index which element: 0 to length - 1
     * @param expected what it must be to be set
     * @param value the new value
     * @return whether it was
     * @throws IllegalStateException if the array has no lock
     */
    public boolean compareAndSet(long index, double expected, double value) {
        return cells.compareAndSet(index, expected, value);
    }

    /**
     * {@return the lock under which Python's programs access the array: {@code get_lock()}}
     *
     * @throws IllegalStateException if the array has none: a {@code RawArray}, or what an ended program left
     */
    public SharedLock getLock() {
        return cells.requireLock();
    }

    /** {@return a view of the array's bytes, whatever the type of its elements, in the machine's byte order} */
    public ByteBuffer asByteBuffer() {
        return cells.buffer(cells.format());
    }

    /**
     * {@return a view of an array of 16-bit integers (type codes {@code h} and {@code H})}
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public ShortBuffer asShortBuffer() {
        return cells.buffer(CellFormat.INT16, CellFormat.UINT16).asShortBuffer();
    }

    /**
     * {@return a view of an array of 32-bit integers (type codes {@code i}, {@code I} and {@code u})}
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public IntBuffer asIntBuffer() {
        return cells.buffer(CellFormat.INT32, CellFormat.UINT32).asIntBuffer();
    }

    /**
     * {@return a view of an array of 64-bit integers (type codes {@code l}, {@code L}, {@code q} and {@code Q})}
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public LongBuffer asLongBuffer() {
        return cells.buffer(CellFormat.INT64).asLongBuffer();
    }

    /**
     * {@return a view of an array of type code {@code f}}
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public FloatBuffer asFloatBuffer() {
        return cells.buffer(CellFormat.FLOAT32).asFloatBuffer();
    }

    /**
     * {@return a view of an array of type code {@code d}}
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public DoubleBuffer asDoubleBuffer() {
        return cells.buffer(CellFormat.FLOAT64).asDoubleBuffer();
    }

    /** {@return the array's memory, in the machine's byte order} */
    public MemorySegment memory() {
        return cells.memory();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedArray array && array.cells.equals(cells);
    }

    @Override
    public int hashCode() {
        return cells.hashCode();
    }
}
