package org.polyproc.syscall;

import java.util.Collection;
import org.polyproc.kernel.process.VirtualProcess;

/** Starts a child process that executes what its parent pickled; {@code fork} and {@code exec} in one. */
@FunctionalInterface
public interface ProcessStarter {

    /**
     * Starts a child.
     *
     * @param parent    the process that asks
     * @param name      the child's name
     * @param payload   the pickled preparation data and process object
     * @param inherited numbers of the kernel objects that the payload names
     */
    VirtualProcess start(VirtualProcess parent, String name, byte[] payload, Collection<Integer> inherited);
}
