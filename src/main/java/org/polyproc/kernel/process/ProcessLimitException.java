package org.polyproc.kernel.process;

/** A process was refused because as many as allowed are alive; POSIX's {@code EAGAIN} of {@code fork}. */
public final class ProcessLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessLimitException(int limit) {
        super("the number of live processes must not exceed its limit: limit=" + limit);
    }
}
