package org.polyproc.kernel.memory;

import java.io.IOException;
import org.polyproc.kernel.Descriptors;

/**
 * Shared memory objects by their names, as {@code shm_open(3)} and {@code shm_unlink(3)} find them. A name stays until it is
 * unlinked, its memory until nobody uses it any more. Implementations are thread-safe.
 */
public interface SharedMemory {

    /** The longest name, in bytes of UTF-8: Linux's {@code NAME_MAX}. */
    int MAX_NAME_BYTES = 255;

    /**
     * Opens an object for a process, which holds it then.
     *
     * @param process   the process's kernel objects
     * @param name      its name, without a slash
     * @param create    whether to make it, empty, if there is none
     * @param exclusive whether it must be made by this call
     * @param mode      who may open an object made by this call, as {@code chmod} has it, where other users can
     * @throws java.nio.file.NoSuchFileException        if there is none and none is made
     * @throws java.nio.file.FileAlreadyExistsException if there is one and this call must make it
     * @throws java.nio.file.AccessDeniedException      if the operating system does not allow it
     * @throws IOException                              if it fails otherwise
     * @throws org.polyproc.kernel.ObjectLimitException if there are as many objects and names as allowed
     */
    SharedMemoryObject open(Descriptors process, String name, boolean create, boolean exclusive, int mode) throws IOException;

    /**
     * Removes a name.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException                       if it fails otherwise
     */
    void unlink(String name) throws IOException;

    /** Removes all names that die with the host. Idempotent. */
    void close();
}
