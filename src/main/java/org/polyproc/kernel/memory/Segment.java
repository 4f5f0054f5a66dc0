package org.polyproc.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private final Arena arena;
    private final MemorySegment memory;
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
        return memory.byteSize();
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
