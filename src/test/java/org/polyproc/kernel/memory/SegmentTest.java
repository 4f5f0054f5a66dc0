package org.polyproc.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final Segment segment = new Segment(1, 64, budget);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 40})
    void whatIsWrittenIsReadAtAnyAddress(int length) {
        byte[] source = new byte[length + 2];
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i * 37 + 1);
        }
        for (int offset = 0; offset < 16; offset++) {
            segment.write(offset, source, 1, length);
            byte[] target = new byte[length + 2];
            segment.read(offset, target, 2, length);
            assertArrayEquals(Arrays.copyOfRange(source, 1, length + 1), Arrays.copyOfRange(target, 2, length + 2));
            assertEquals(0, target[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 10})
    void accessesOutsideAreRefused(int length) {
        byte[] bytes = new byte[length];
        for (long offset : new long[] {-1, 65 - length, 64, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> segment.read(offset, bytes, 0, length));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.write(offset, bytes, 0, length));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> segment.write(0, bytes, 1, length));
    }

    @Test
    void itemsAreThoseOfTheMachinesByteOrder() {
        for (int offset = 0; offset < 16; offset++) {
            segment.setLong(offset, 0x8081828384858687L);
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
            segment.read(offset, bytes.array(), 0, 8);
            assertEquals(0x8081828384858687L, bytes.getLong(0));
            assertEquals(0x8081828384858687L, segment.getLong(offset));
            assertEquals(bytes.getInt(4), segment.getInt(offset + 4));
            assertEquals(bytes.getShort(2), segment.getShort(offset + 2));
            assertEquals(bytes.get(1), segment.getByte(offset + 1));
            segment.setInt(offset, -5);
            segment.setShort(offset + 4, (short) -6);
            segment.setByte(offset + 6, (byte) -7);
            segment.read(offset, bytes.array(), 0, 8);
            assertEquals(-5, bytes.getInt(0));
            assertEquals(-6, bytes.getShort(4));
            assertEquals(-7, bytes.get(6));
        }
    }

    @Test
    void itemsOutsideAreRefused() {
        for (long offset : new long[] {Long.MIN_VALUE, -1, 64, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> segment.getByte(offset));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.setByte(offset, (byte) 1));
        }
        for (long offset : new long[] {-1, 63, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> segment.getShort(offset));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.setShort(offset, (short) 1));
        }
        for (long offset : new long[] {-1, 61, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> segment.getInt(offset));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.setInt(offset, 1));
        }
        for (long offset : new long[] {-1, 57, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> segment.getLong(offset));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.setLong(offset, 1));
        }
        Segment small = new Segment(2, 1, budget);
        assertThrows(IndexOutOfBoundsException.class, () -> small.getLong(0));
        assertThrows(IndexOutOfBoundsException.class, () -> small.getShort(0));
    }

    @Test
    void wordsAreWrittenAtOnce() throws InterruptedException {
        byte[] zeros = new byte[8];
        byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 200_000; i++) {
                segment.write(8, i % 2 == 0 ? ones : zeros, 0, 8);
            }
        });
        byte[] seen = new byte[8];
        while (writer.isAlive()) {
            segment.read(8, seen, 0, 8);
            assertArrayEquals(seen[0] == 0 ? zeros : ones, seen);
        }
        writer.join();
    }

    @Test
    void memoryIsGivenBackWithItsLastHolder() {
        segment.retain();
        segment.retain();
        segment.drop();
        segment.write(0, new byte[] {1}, 0, 1);
        assertEquals(64, budget.used());
        segment.drop();
        assertEquals(0, budget.used());

        Segment large = new Segment(2, 4096, budget);
        large.retain();
        large.drop();
        assertThrows(IllegalStateException.class, () -> large.read(0, new byte[1], 0, 1));
        assertEquals(0, budget.used());
    }

    @Test
    void theBudgetIsKept() {
        Segment first = new Segment(2, 1 << 19, budget);
        first.retain();
        OutOfMemoryError error = assertThrows(OutOfMemoryError.class, () -> new Segment(3, 1 << 20, budget));
        assertEquals("shared memory is limited to 1048576 bytes, of which 524352 are used", error.getMessage());
        first.drop();
        assertThrows(OutOfMemoryError.class, () -> new Segment(3, Long.MAX_VALUE, budget));
        new Segment(4, (1 << 20) - 64, budget);
    }

    @Test
    void aRequestWaitsForWhatIsBeingGivenBack() throws InterruptedException {
        Segment first = new Segment(2, 1 << 20, new MemoryBudget(1 << 20));
        assertEquals(1 << 20, first.byteSize());
        MemoryBudget shared = new MemoryBudget(1000);
        Segment held = new Segment(3, 1000, shared);
        held.retain();
        Thread dropper = Thread.ofPlatform().start(held::drop);
        assertEquals(500, new Segment(4, 500, shared).byteSize());
        dropper.join();
    }

    /** A leak of these would be 8.5 GB. */
    @Test
    void aMillionRoundsLeaveNothingBehind() {
        for (int i = 0; i < 1_000_000; i++) {
            Segment round = new Segment(i, i % 64 == 0 ? 1 << 19 : 512, budget);
            round.retain();
            round.write(0, new byte[] {1}, 0, 1);
            round.drop();
        }
        assertEquals(64, budget.used());
    }
}
