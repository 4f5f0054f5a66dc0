package org.polyproc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;

/**
 * A {@code multiprocessing.Array} of a simple type, seen from Java without a copy.
 *
 * <p>Thread-safe. A read of an element has acquire and a write release semantics. An index that is not 0 to length - 1 throws
 * {@link IndexOutOfBoundsException}. After the memory is freed, an access throws {@link IllegalStateException}.
 */
public final class SharedArray {

    private final Cells cells;

    SharedArray(Cells cells) {
        this.cells = cells;
    }

    /** Returns the number of elements. */
    public long length() {
        return cells.length();
    }

    /** Returns an element as a {@code long}; a real one is cut to its whole part. */
    public long getLong(long index) {
        return cells.getLong(index);
    }

    /** Returns an element as a {@code double}. */
    public double getDouble(long index) {
        return cells.getDouble(index);
    }

    /** Sets an element to an integer; the bits that the array's type does not have are cut off. */
    public void setLong(long index, long value) {
        cells.setLong(index, value);
    }

    /** Sets an element to a real number; an array of integers takes its whole part. */
    public void setDouble(long index, double value) {
        cells.setDouble(index, value);
    }

    /**
     * Returns a view of an array of 32-bit integers (type codes {@code i} and {@code I}). Its accesses are plain ones.
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public IntBuffer asIntBuffer() {
        if (cells.format() != CellFormat.INT32 && cells.format() != CellFormat.UINT32) {
            throw new IllegalStateException("the elements must be 32-bit integers: format=" + cells.format());
        }
        return cells.memory().asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    /** Returns the array's memory, in the machine's byte order. */
    public MemorySegment memory() {
        return cells.memory();
    }
}
