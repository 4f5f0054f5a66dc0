package org.polyproc;

import java.time.Duration;

/**
 * What a process of a host was doing at some moment.
 *
 * @param pid      its number
 * @param name     its name
 * @param state    whether its main thread runs, waits in the kernel, or has ended
 * @param waitsFor what its main thread waits for, for people; empty if it does not wait
 * @param cpuTime  the processor time that its threads have used
 */
public record ProcessStatus(int pid, String name, State state, String waitsFor, Duration cpuTime) {

    /** What a process's main thread does. */
    public enum State {
        /** It executes its program, or waits for something that is not {@code multiprocessing}'s. */
        RUNS,
        /** It waits for a lock, a message, time or another process. */
        WAITS,
        /** It has ended, and its parent has not asked for its exit code. */
        ENDED
    }
}
