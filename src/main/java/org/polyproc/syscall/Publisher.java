package org.polyproc.syscall;

import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;

/** Takes shared memory that a process leaves for Java. */
@FunctionalInterface
public interface Publisher {

    /**
     * Takes a variable.
     *
     * @param name    its name
     * @param segment its memory, held by the caller; to be retained if kept
     * @param cells   the memory's cells
     * @param single  whether it is a single value, not an array
     */
    void publish(String name, Segment segment, Cells cells, boolean single);
}
