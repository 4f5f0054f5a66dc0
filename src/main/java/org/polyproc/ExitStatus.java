package org.polyproc;

import java.util.OptionalInt;

/**
 * How a process ended.
 *
 * @param exitCode as {@code multiprocessing.Process.exitcode} has it: 0 to 255 if the process exited, -N if signal N ended it
 */
public record ExitStatus(int exitCode) {

    /** What a shell adds to the number of the signal that ended a process. */
    private static final int SHELL_SIGNAL_BASE = 128;

    /**
     * Checks the exit code.
     *
     * @throws IllegalArgumentException if it is not -64 to 255
     */
    public ExitStatus {
        if (exitCode < -64 || exitCode > 255) {
            throw new IllegalArgumentException("exit code must be -64 to 255: exitCode=" + exitCode);
        }
    }

    /** Returns whether the process exited with 0. */
    public boolean isSuccess() {
        return exitCode == 0;
    }

    /** Returns the signal that ended the process, or empty if it exited. */
    public OptionalInt signal() {
        return exitCode < 0 ? OptionalInt.of(-exitCode) : OptionalInt.empty();
    }

    /** Returns the status as a shell shows it: 0 to 255, 128 + N if signal N ended the process. */
    public int shellStatus() {
        return exitCode < 0 ? SHELL_SIGNAL_BASE - exitCode : exitCode;
    }
}
