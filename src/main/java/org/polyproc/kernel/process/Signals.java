package org.polyproc.kernel.process;

import java.util.Set;

/** Signal numbers of Linux and what they do by default (signal(7)). */
public final class Signals {

    /** Hangup of the terminal. */
    public static final int SIGHUP = 1;
    /** Interrupt from the keyboard. */
    public static final int SIGINT = 2;
    /** Kill; can be neither caught nor ignored. */
    public static final int SIGKILL = 9;
    /** Termination. */
    public static final int SIGTERM = 15;
    /** The alarm clock. */
    public static final int SIGALRM = 14;
    /** The highest signal number. */
    public static final int MAX = 64;
    /** What waits for a process that has run for too long; no signal, and nobody can send it. */
    public static final int OVERTIME = MAX + 1;

    private static final int SIGCHLD = 17;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;
    private static final int SIGTSTP = 20;
    private static final int SIGTTIN = 21;
    private static final int SIGTTOU = 22;
    private static final int SIGURG = 23;
    private static final int SIGWINCH = 28;

    private static final Set<Integer> IGNORED = Set.of(SIGCHLD, SIGCONT, SIGURG, SIGWINCH);
    private static final Set<Integer> STOPPING = Set.of(SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU);

    private Signals() {
    }

    /** What a process does with a signal. */
    public enum Disposition {
        /** What signal(7) says: usually the end of the process. */
        DEFAULT,
        /** Nothing. */
        IGNORE,
        /** Its main thread runs a handler. */
        CATCH
    }

    /** Returns whether the signal's default action is to do nothing. */
    static boolean ignoredByDefault(int signum) {
        return IGNORED.contains(signum);
    }

    /** Returns whether there is a signal of that number, or it is 0. */
    public static boolean exists(int signum) {
        return signum >= 0 && signum <= MAX;
    }

    /** Returns whether the signal's default action would stop the process, which no thread of a JVM can be. */
    public static boolean stopsByDefault(int signum) {
        return STOPPING.contains(signum);
    }

    /**
     * Checks a signal number.
     *
     * @throws IllegalArgumentException if it is not 0 to {@value #MAX}
     */
    static void check(int signum) {
        if (!exists(signum)) {
            throw new IllegalArgumentException("signal number must be 0 to " + MAX + ": signum=" + signum);
        }
    }
}
