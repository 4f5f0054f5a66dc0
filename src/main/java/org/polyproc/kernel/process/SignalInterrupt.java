package org.polyproc.kernel.process;

/** A kernel wait ended early because a signal waits for the process; POSIX's {@code EINTR}. */
public final class SignalInterrupt extends Exception {
    private static final long serialVersionUID = 1L;

    SignalInterrupt() {
        super("a signal interrupted the wait", null, false, false);
    }
}
