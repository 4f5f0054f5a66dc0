package org.polyproc.kernel.process;

/** Is told of the births and ends of a kernel's processes. What a method throws is logged and changes nothing. */
public interface ProcessListener {

    /** Does nothing. */
    ProcessListener NOBODY = new ProcessListener() { };

    /**
     * A process is born: it can be found, and executes nothing before this returns. Called by the thread that starts it.
     *
     * @param process the process
     */
    default void onStart(VirtualProcess process) {
    }

    /**
     * A process has ended: its exit code is known. Called once, after {@link #onStart} has returned, by the process's own thread,
     * or by who ended it before it began.
     *
     * @param process the process
     */
    default void onExit(VirtualProcess process) {
    }
}
