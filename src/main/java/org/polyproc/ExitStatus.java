package org.polyproc;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a process ended.
 *
 * @param exitCode as {@code multiprocessing.Process.exitcode} has it: 0 to 255 if the process exited, -N if signal N ended it
 * @param error    the exception that ended it, in one line as at the end of a traceback ({@code ValueError: bad luck}), or why the
 *                 interpreter gave up; empty if it exited with 0 or by a number that the program chose, or if a signal ended it
 */
public record ExitStatus(int exitCode, Optional<String> error) {

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
        Objects.requireNonNull(error);
    }

    /**
     * An end without an exception.
     *
     * @param exitCode see {@link #exitCode()}
     * @throws IllegalArgumentException if the exit code is not -64 to 255
     */
    public ExitStatus(int exitCode) {
        this(exitCode, Optional.empty());
    }

    /** {@return whether the process exited with 0} */
    public boolean isSuccess() {
        return exitCode == 0;
    }

    /** {@return the signal that ended the process, or empty if it exited} */
    public OptionalInt signal() {
        return exitCode < 0 ? OptionalInt.of(-exitCode) : OptionalInt.empty();
    }

    /** {@return the status as a shell shows it: 0 to 255, 128 + N if signal N ended the process} */
    public int shellStatus() {
        return exitCode < 0 ? SHELL_SIGNAL_BASE - exitCode : exitCode;
    }
}
