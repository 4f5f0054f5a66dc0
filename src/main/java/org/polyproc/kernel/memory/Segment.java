package org.polyproc.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import org.polyproc.kernel.KernelObject;

/**
 * Off-heap memory that processes share: zeroed when made, freed when its last holder drops it.
 *
 * <p>Any thread may access it at any time. {@link #read} and {@link #write} state their order; whoever accesses {@link #memory()}
 * by other means orders that itself, for instance by a {@link org.polyproc.kernel.sync.KernelSemaphore}.
 */
public final class Segment extends KernelObject {

    /** The strictest alignment that a C type of the platform's ABI asks for, in bytes. */
    private static final long ALIGNMENT = 16;

    private static final VarHandle SHORT_BYTES = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT_BYTES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /**
     * Up to this size, in bytes, memory is freed by the collector some time after the last holder dropped it. To free it at once,
     * the JVM has to stop all threads, which takes longer (70 us and more) than making a small segment.
     */
    private static final long MAX_COLLECTED = 1024;

    /**
     * All memory. What is accessed through a constant is compiled into Python code to a single instruction; through {@link #memory}
     * it is a call, since its class is not known there. Here nobody but the holder knows that the memory is not freed: a process has
     * no thread left when its holds are dropped. This class checks the bounds. To the JVM this is native access.
     */
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final Arena arena;
    private final MemorySegment memory;
    private final long address;
    private final long byteSize;
    private final MemoryBudget budget;
    private final boolean collected;

    /**
     * Allocates memory.
     *
     * @param id       the object's number
     * @param byteSize the size in bytes, at least 1
     * @param budget   what the memory is taken from
     * @throws OutOfMemoryError if there is no such amount
     */
    public Segment(int id, long byteSize, MemoryBudget budget) {
        super(id);
        if (byteSize < 1) {
            throw new IllegalArgumentException("segment size must be positive: size=" + byteSize);
        }
        budget.reserve(byteSize);
        this.budget = budget;
        this.collected = byteSize <= MAX_COLLECTED;
        this.arena = collected ? Arena.ofAuto() : Arena.ofShared();
        try {
            this.memory = arena.allocate(byteSize, ALIGNMENT);
        } catch (OutOfMemoryError e) {
            budget.release(byteSize);
            throw e;
        }
        this.address = memory.address();
        this.byteSize = byteSize;
    }

    /**
     * Takes memory over that an operating system counts.
     *
     * @param id     the object's number
     * @param arena  what frees the memory when it is closed
     * @param memory the memory
     */
    Segment(int id, Arena arena, MemorySegment memory) {
        super(id);
        this.arena = arena;
        this.memory = memory;
        this.budget = null;
        this.collected = false;
        this.address = memory.address();
        this.byteSize = memory.byteSize();
    }

    /**
     * Returns the memory. Accessing it after the segment is destroyed throws {@link IllegalStateException}, or reaches memory that
     * is nobody else's until it is garbage.
     */
    public MemorySegment memory() {
        return memory;
    }

    /** Returns the size in bytes. */
    public long byteSize() {
        return byteSize;
    }

    /**
     * Copies bytes out. 1, 2, 4 or 8 bytes at a multiple of their number are read at once, with acquire semantics: whoever
     * sees what {@link #write} wrote also sees what the writer did before. Others are copied one after the other.
     *
     * @param offset where they are, in bytes
     * @param target takes them
     * @param start  from where on
     * @param length how many
     * @throws IndexOutOfBoundsException if they are not all in the segment and in the target
     * @throws IllegalStateException     if the memory is freed
     */
    public void read(long offset, byte[] target, int start, int length) {
        switch (length) {
            case 1 -> target[start] = memory.get(ValueLayout.JAVA_BYTE, offset);
            case 2 -> SHORT_BYTES.set(target, start, memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset));
            case 4 -> INT_BYTES.set(target, start, memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset));
            case 8 -> LONG_BYTES.set(target, start, memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
            default -> MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, target, start, length);
        }
        VarHandle.acquireFence();
    }

    /**
     * Copies bytes in. 1, 2, 4 or 8 bytes at a multiple of their number are written at once, with release semantics, see
     * {@link #read}. Others are copied one after the other.
     *
     * @param offset where to, in bytes
     * @param source has them
     * @param start  from where on
     * @param length how many
     * @throws IndexOutOfBoundsException if they are not all in the source, or don't fit into the segment
     * @throws IllegalStateException     if the memory is freed
     */
    public void write(long offset, byte[] source, int start, int length) {
        VarHandle.releaseFence();
        switch (length) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, offset, source[start]);
            case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) SHORT_BYTES.get(source, start));
            case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, (int) INT_BYTES.get(source, start));
            case 8 -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, (long) LONG_BYTES.get(source, start));
            default -> MemorySegment.copy(source, start, memory, ValueLayout.JAVA_BYTE, offset, length);
        }
    }

    private long address(long offset, int length) {
        return address + Objects.checkIndex(offset, byteSize - length + 1);
    }

    /**
     * Reads a byte, see {@link #read}. The caller holds the segment.
     *
     * @param offset where it is
     * @throws IndexOutOfBoundsException if it is not in the segment
     */
    public byte getByte(long offset) {
        byte value = EVERYTHING.get(ValueLayout.JAVA_BYTE, address(offset, Byte.BYTES));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Writes a byte, see {@link #write}. The caller holds the segment.
     *
     * @param offset where to
     * @throws IndexOutOfBoundsException if it is not in the segment
     */
    public void setByte(long offset, byte value) {
        VarHandle.releaseFence();
        EVERYTHING.set(ValueLayout.JAVA_BYTE, address(offset, Byte.BYTES), value);
    }

    /**
     * Reads 2 bytes in the machine's byte order, see {@link #read}. The caller holds the segment.
     *
     * @param offset where they are, in bytes
     * @throws IndexOutOfBoundsException if they are not all in the segment
     */
    public short getShort(long offset) {
        short value = EVERYTHING.get(ValueLayout.JAVA_SHORT_UNALIGNED, address(offset, Short.BYTES));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Writes 2 bytes in the machine's byte order, see {@link #write}. The caller holds the segment.
     *
     * @param offset where to, in bytes
     * @throws IndexOutOfBoundsException if they don't fit into the segment
     */
    public void setShort(long offset, short value) {
        VarHandle.releaseFence();
        EVERYTHING.set(ValueLayout.JAVA_SHORT_UNALIGNED, address(offset, Short.BYTES), value);
    }

    /**
     * Reads 4 bytes in the machine's byte order, see {@link #read}. The caller holds the segment.
     *
     * @param offset where they are, in bytes
     * @throws IndexOutOfBoundsException if they are not all in the segment
     */
    public int getInt(long offset) {
        int value = EVERYTHING.get(ValueLayout.JAVA_INT_UNALIGNED, address(offset, Integer.BYTES));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Writes 4 bytes in the machine's byte order, see {@link #write}. The caller holds the segment.
     *
     * @param offset where to, in bytes
     * @throws IndexOutOfBoundsException if they don't fit into the segment
     */
    public void setInt(long offset, int value) {
        VarHandle.releaseFence();
        EVERYTHING.set(ValueLayout.JAVA_INT_UNALIGNED, address(offset, Integer.BYTES), value);
    }

    /**
     * Reads 8 bytes in the machine's byte order, see {@link #read}. The caller holds the segment.
     *
     * @param offset where they are, in bytes
     * @throws IndexOutOfBoundsException if they are not all in the segment
     */
    public long getLong(long offset) {
        long value = EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address(offset, Long.BYTES));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Writes 8 bytes in the machine's byte order, see {@link #write}. The caller holds the segment.
     *
     * @param offset where to, in bytes
     * @throws IndexOutOfBoundsException if they don't fit into the segment
     */
    public void setLong(long offset, long value) {
        VarHandle.releaseFence();
        EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, address(offset, Long.BYTES), value);
    }

    @Override
    protected void destroy() {
        if (!collected) {
            arena.close();
        }
        if (budget != null) {
            budget.release(memory.byteSize());
        }
    }
}
