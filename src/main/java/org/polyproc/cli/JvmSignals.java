package org.polyproc.cli;

/**
 * Signals that this JVM gets from outside. The compiler warns of {@code sun.misc.Signal}, for which there is no substitute; it
 * belongs to the supported module {@code jdk.unsupported}.
 */
final class JvmSignals {

    private JvmSignals() {
    }

    /**
     * Takes a signal over from the JVM, which would end.
     *
     * @param name   the signal's name without SIG
     * @param action is called in a thread of the JVM each time the signal comes
     */
    static void handle(String name, Runnable action) {
        sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> action.run());
    }
}
