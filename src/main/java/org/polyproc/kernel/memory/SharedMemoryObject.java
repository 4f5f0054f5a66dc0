package org.polyproc.kernel.memory;

import java.io.IOException;
import org.polyproc.kernel.KernelObject;

/** An open shared memory object, the counterpart of the file descriptor that {@code shm_open(3)} returns. Thread-safe. */
public abstract class SharedMemoryObject extends KernelObject {

    /**
     * @param id the object's number
     */
    protected SharedMemoryObject(int id) {
        super(id);
    }

    /** Returns the size in bytes, 0 for a new object. */
    public abstract long byteSize() throws IOException;

    /**
     * Sets the size, {@code ftruncate(2)}. The memory is zeroed.
     *
     * @param byteSize the size in bytes, at least 1
     * @return false if the object has another size, which it keeps
     * @throws OutOfMemoryError if there is no such amount
     */
    public abstract boolean resize(long byteSize) throws IOException;

    /**
     * Returns all of the memory, which nobody else may hold yet, {@code mmap(2)}.
     *
     * @throws IllegalStateException if the object is empty
     */
    public abstract Segment map() throws IOException;
}
