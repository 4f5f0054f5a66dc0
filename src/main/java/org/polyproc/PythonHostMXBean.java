package org.polyproc;

import java.util.List;

/**
 * A host as JMX shows it, see {@link PythonHost.Builder#jmx}: what JConsole and monitoring systems read. Thread-safe; each attribute
 * is as of the moment it is read.
 */
public interface PythonHostMXBean {

    /** {@return the processes, in the order of their numbers: those that live, and those not yet waited for} */
    List<Row> getProcesses();

    /** {@return how many processes live} */
    int getLiveProcessCount();

    /** {@return how much shared memory the processes hold, in bytes; see {@link PythonHost#sharedBytes}} */
    long getSharedBytes();

    /** {@return how many bytes may wait in pipes and queues together} */
    long getMaxQueuedBytes();

    /** {@return whether Python code is compiled to machine code} */
    boolean isJitEnabled();

    /**
     * Sends SIGTERM to a process, which ends it unless its program decides otherwise.
     *
     * @param pid its number
     * @return whether there is a living process of that number
     */
    boolean terminate(int pid);

    /**
     * Sends SIGKILL to a process, which ends it.
     *
     * @param pid its number
     * @return whether there was a living process of that number
     */
    boolean kill(int pid);

    /**
     * A process.
     *
     * @param pid           its number
     * @param parentPid     its parent's number, 0 if it has none or that has ended
     * @param name          its name
     * @param state         what it does: {@code RUNNING}, {@code WAITING} or {@code ENDED}, see {@link PythonProcess.State}
     * @param startMillis   when it started, in milliseconds since 1970-01-01T00:00Z
     * @param cpuTimeMillis the processor time that its threads have used, in milliseconds
     */
    record Row(int pid, int parentPid, String name, PythonProcess.State state, long startMillis, long cpuTimeMillis) {
    }
}
