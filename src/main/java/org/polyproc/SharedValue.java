package org.polyproc;

import java.lang.foreign.MemorySegment;
import org.polyproc.kernel.memory.Cells;

/**
 * A {@code multiprocessing.Value} of a simple type, seen from Java without a copy.
 *
 * <p>Thread-safe. A read has acquire and a write release semantics. After the memory is freed, an access throws
 * {@link IllegalStateException}.
 */
public final class SharedValue {

    private final Cells cells;

    SharedValue(Cells cells) {
        this.cells = cells;
    }

    /** Returns the number as a {@code long}; a real one is cut to its whole part. */
    public long getLong() {
        return cells.getLong(0);
    }

    /** Returns the number as a {@code double}. */
    public double getDouble() {
        return cells.getDouble(0);
    }

    /** Sets an integer; the bits that the value's type does not have are cut off. */
    public void setLong(long value) {
        cells.setLong(0, value);
    }

    /** Sets a real number; an integer value takes its whole part. */
    public void setDouble(double value) {
        cells.setDouble(0, value);
    }

    /** Returns the value's memory, in the machine's byte order. */
    public MemorySegment memory() {
        return cells.memory();
    }

    @Override
    public String toString() {
        return cells.format().isReal() ? Double.toString(getDouble()) : Long.toString(getLong());
    }
}
