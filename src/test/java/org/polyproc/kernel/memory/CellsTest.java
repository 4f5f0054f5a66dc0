package org.polyproc.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CellsTest {

    private static Cells cells(CellFormat format, long length) {
        Segment segment = new Segment(1, length * format.byteSize(), new MemoryBudget(1 << 20));
        segment.retain();
        return new Cells(segment, format, length);
    }

    @ParameterizedTest
    @EnumSource(CellFormat.class)
    void newCellsAreZeroAndKeepWhatIsWrittenWithoutTouchingTheirNeighbours(CellFormat format) {
        Cells cells = cells(format, 3);
        assertEquals(0, cells.getLong(1));
        cells.setLong(1, 77);
        assertEquals(0, cells.getLong(0));
        assertEquals(77, cells.getLong(1));
        assertEquals(77.0, cells.getDouble(1));
        assertEquals(0, cells.getLong(2));
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, 300, 44", "INT8, 200, -56", "UINT8, -1, 255", "INT16, 65535, -1", "UINT16, -1, 65535",
        "INT32, 4294967301, 5", "UINT32, -1, 4294967295", "INT64, -9223372036854775808, -9223372036854775808",
    })
    void integersAreCutToTheirWidth(CellFormat format, long written, long read) {
        Cells cells = cells(format, 1);
        cells.setLong(0, written);
        assertEquals(read, cells.getLong(0));
    }

    @Test
    void aFloatIsRounded() {
        Cells cells = cells(CellFormat.FLOAT32, 1);
        cells.setDouble(0, 1.1);
        assertEquals(1.100000023841858, cells.getDouble(0));
    }

    @Test
    void everyAccessChecksItsBounds() {
        Cells cells = cells(CellFormat.INT32, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> cells.getLong(2));
        assertThrows(IndexOutOfBoundsException.class, () -> cells.setLong(-1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> cells.getLong(Long.MAX_VALUE / 2));
    }

    @Test
    void memoryThatNobodyHoldsIsGone() {
        Segment segment = new Segment(1, 8, new MemoryBudget(1 << 20));
        segment.retain();
        segment.retain();
        Cells cells = new Cells(segment, CellFormat.INT64, 1);
        segment.drop();
        assertEquals(0, cells.getLong(0));
        segment.drop();
        assertThrows(IllegalStateException.class, () -> cells.getLong(0));
        assertThrows(IllegalStateException.class, segment::retain);
    }

    @Test
    void aSegmentIsNeverEmpty() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Segment(1, 0, new MemoryBudget(1 << 20)));
        assertEquals("segment size must be positive: size=0", e.getMessage());
    }
}
