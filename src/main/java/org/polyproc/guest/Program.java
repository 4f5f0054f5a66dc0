package org.polyproc.guest;

import java.util.List;

/** What a main process executes, in the words of {@code python3}'s command line. */
public record Program(Kind kind, String target, List<String> arguments, Python2 python2, boolean verbose) {

    /** How the target is meant. */
    public enum Kind {
        /** A path: a script, or a folder or zip archive with a {@code __main__.py}. */
        SCRIPT,
        /** The name of a module: {@code -m}. */
        MODULE,
        /** Python code: {@code -c}. */
        CODE,
        /** Standard input: {@code -}. */
        STDIN
    }

    /** Which sources are taken for Python 2 and translated. */
    public enum Python2 {
        /** Those that look like it. */
        AUTO,
        /** All. */
        ALWAYS,
        /** None. */
        NEVER
    }

    /** Copies the arguments. */
    public Program {
        arguments = List.copyOf(arguments);
    }
}
