package org.polyproc.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.polyproc.kernel.KernelObject;

/**
 * Off-heap memory that processes share: zeroed when made, freed when its last holder drops it.
 *
 * <p>Any thread may access it at any time. The segment itself orders nothing; the order that an access has is stated where
 * the access is offered, and {@link org.polyproc.kernel.sync.KernelSemaphore} orders what happens under a lock.
 */
public final class Segment extends KernelObject {

    /** The strictest alignment that a C type of the platform's ABI asks for, in bytes. */
    private static final long ALIGNMENT = 16;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    /**
     * @param id       the object's number
     * @param byteSize the size in bytes, at least 1
     */
    public Segment(int id, long byteSize) {
        super(id);
        if (byteSize < 1) {
            throw new IllegalArgumentException("segment size must be positive: size=" + byteSize);
        }
        this.memory = arena.allocate(byteSize, ALIGNMENT);
    }

    /**
     * Returns the memory. Accessing it after the segment is destroyed throws {@link IllegalStateException}.
     */
    public MemorySegment memory() {
        return memory;
    }

    @Override
    protected void destroy() {
        arena.close();
    }
}
