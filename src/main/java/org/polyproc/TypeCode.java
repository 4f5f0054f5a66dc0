package org.polyproc;

import org.polyproc.kernel.memory.CellFormat;

/** The type codes of {@code multiprocessing.Value} and {@code Array}: C's types on 64-bit Linux. */
final class TypeCode {

    private TypeCode() {
    }

    /**
     * Returns the format of a type's cells.
     *
     * @throws IllegalArgumentException if there is no such code
     */
    static CellFormat format(char code) {
        return switch (code) {
            case 'b' -> CellFormat.INT8;
            case 'c', 'B', '?' -> CellFormat.UINT8;
            case 'h' -> CellFormat.INT16;
            case 'H' -> CellFormat.UINT16;
            case 'u', 'i' -> CellFormat.INT32;
            case 'I' -> CellFormat.UINT32;
            case 'l', 'L', 'q', 'Q' -> CellFormat.INT64;
            case 'f' -> CellFormat.FLOAT32;
            case 'd' -> CellFormat.FLOAT64;
            default -> throw new IllegalArgumentException("the type code must be one of cubBhHiIlLqQfd?: typeCode=" + code);
        };
    }
}
