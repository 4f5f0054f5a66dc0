package org.polyproc.syscall;

import java.util.Collection;
import org.polyproc.kernel.process.VirtualProcess;

/** Starts a child process that executes what its parent pickled; {@code fork} and {@code exec} in one. */
public interface ProcessStarter {

    /**
     * Starts a child.
     *
     * @param parent    the process that asks
     * @param name      the child's name
     * @param birthright what the child gets, pickled
     * @param inherited numbers of the kernel objects that are named there
     */
    VirtualProcess start(VirtualProcess parent, String name, Birthright birthright, Collection<Integer> inherited);

    /**
     * Takes note of modules that children need.
     *
     * @param modules their names, with blanks between them
     */
    void learn(String modules);
}
