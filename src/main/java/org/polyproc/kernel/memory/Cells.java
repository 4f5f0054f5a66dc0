package org.polyproc.kernel.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A segment's memory as a row of cells of one machine type, in the machine's byte order.
 *
 * <p>Thread-safe. A single cell is read with acquire and written with release semantics, as the plain loads and stores of x86
 * are: whoever reads a value also sees what its writer wrote before it. Every access checks its bounds and throws
 * {@link IndexOutOfBoundsException}; after the segment's end it throws {@link IllegalStateException}.
 */
public final class Cells {

    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle FLOAT = ValueLayout.JAVA_FLOAT.varHandle();
    private static final VarHandle DOUBLE = ValueLayout.JAVA_DOUBLE.varHandle();

    private final Segment segment;
    private final MemorySegment memory;
    private final CellFormat format;
    private final long length;

    /**
     * @param segment the memory
     * @param format  the cells' type
     * @param length  how many cells there are
     * @throws IllegalArgumentException if the segment does not hold as many
     */
    public Cells(Segment segment, CellFormat format, long length) {
        if (length < 0 || length > segment.memory().byteSize() / format.byteSize()) {
            throw new IllegalArgumentException("the segment must hold the cells: length=" + length);
        }
        this.segment = segment;
        this.memory = segment.memory().asSlice(0, length * format.byteSize());
        this.format = format;
        this.length = length;
    }

    /** Returns how many cells there are. */
    public long length() {
        return length;
    }

    /** Returns the cells' type. */
    public CellFormat format() {
        return format;
    }

    /** Returns the cells' memory, without a copy. */
    public MemorySegment memory() {
        return memory;
    }

    /** Returns the memory, unless nobody holds it any more; the memory of a small segment is there until it is garbage. */
    private MemorySegment live() {
        if (segment.isDestroyed()) {
            throw new IllegalStateException("the memory must be held by somebody: segment=" + segment.id());
        }
        return memory;
    }

    /** Reads a cell as an integer; a real one is cut to its whole part. */
    public long getLong(long index) {
        return switch (format) {
            case INT8 -> (byte) BYTE.getAcquire(live(), index);
            case UINT8 -> Byte.toUnsignedLong((byte) BYTE.getAcquire(live(), index));
            case INT16 -> (short) SHORT.getAcquire(live(), index * Short.BYTES);
            case UINT16 -> Short.toUnsignedLong((short) SHORT.getAcquire(live(), index * Short.BYTES));
            case INT32 -> (int) INT.getAcquire(live(), index * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong((int) INT.getAcquire(live(), index * Integer.BYTES));
            case INT64 -> (long) LONG.getAcquire(live(), index * Long.BYTES);
            case FLOAT32, FLOAT64 -> (long) getDouble(index);
        };
    }

    /** Writes an integer to a cell; as in C, the bits that do not fit are cut off. */
    public void setLong(long index, long value) {
        switch (format) {
            case INT8, UINT8 -> BYTE.setRelease(live(), index, (byte) value);
            case INT16, UINT16 -> SHORT.setRelease(live(), index * Short.BYTES, (short) value);
            case INT32, UINT32 -> INT.setRelease(live(), index * Integer.BYTES, (int) value);
            case INT64 -> LONG.setRelease(live(), index * Long.BYTES, value);
            case FLOAT32, FLOAT64 -> setDouble(index, value);
        }
    }

    /** Reads a cell as a real number. */
    public double getDouble(long index) {
        return switch (format) {
            case FLOAT32 -> (float) FLOAT.getAcquire(live(), index * Float.BYTES);
            case FLOAT64 -> (double) DOUBLE.getAcquire(live(), index * Double.BYTES);
            default -> getLong(index);
        };
    }

    /** Writes a real number to a cell; a {@code FLOAT32} rounds it, an integer cell cuts it to its whole part. */
    public void setDouble(long index, double value) {
        switch (format) {
            case FLOAT32 -> FLOAT.setRelease(live(), index * Float.BYTES, (float) value);
            case FLOAT64 -> DOUBLE.setRelease(live(), index * Double.BYTES, value);
            default -> setLong(index, (long) value);
        }
    }
}
