package org.polyproc.kernel.memory;

/** The machine types of cells: those behind the type codes of {@code multiprocessing.Value}, on 64-bit Linux. */
public enum CellFormat {
    /** A signed byte. */
    INT8(1),
    /** An unsigned byte. */
    UINT8(1),
    /** A signed 16-bit integer. */
    INT16(2),
    /** An unsigned 16-bit integer. */
    UINT16(2),
    /** A signed 32-bit integer. */
    INT32(4),
    /** An unsigned 32-bit integer. */
    UINT32(4),
    /** A 64-bit integer; whether it has a sign is up to the reader. */
    INT64(8),
    /** A 32-bit IEEE 754 number, C's {@code float}. */
    FLOAT32(4),
    /** A 64-bit IEEE 754 number, C's {@code double}. */
    FLOAT64(8);

    private final int byteSize;

    CellFormat(int byteSize) {
        this.byteSize = byteSize;
    }

    /**
     * Returns the format of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CellFormat of(String name) {
        for (CellFormat format : values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown cell format: " + name);
    }

    /** Returns a cell's size in bytes. */
    public int byteSize() {
        return byteSize;
    }

    /** Returns whether cells hold floating-point numbers. */
    public boolean isReal() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
