package org.polyproc.guest;

import java.util.List;

/**
 * What a main process executes, in the words of {@code python3}'s command line.
 *
 * @param kind      how the target is meant
 * @param target    a path, a module's name or source text
 * @param arguments what follows in {@code sys.argv}
 * @param options   the interpreter's options, each by itself, a value as the word after its option
 * @param python2   which sources are translated
 * @param verbose   whether a translation is told on standard error
 */
public record Program(
        Kind kind, String target, List<String> arguments, List<String> options, Python2 python2, boolean verbose) {

    /** How the target is meant. */
    public enum Kind {
        /** A path: a script, or a folder or zip archive with a {@code __main__.py}. */
        SCRIPT,
        /** The name of a module: {@code -m}. */
        MODULE,
        /** Python code: {@code -c}. */
        CODE,
        /** A function of a module, {@code "module:function"}, that is called with what Java hands over. */
        FUNCTION,
        /** Standard input: {@code -}, or the empty string if the command line names nothing. */
        STDIN,
        /** Nothing but to print Python's version, {@code "full"} or not: {@code -V}. */
        VERSION
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

    /** Copies the lists. */
    public Program {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** Returns this program with other arguments. */
    public Program withArguments(List<String> other) {
        return new Program(kind, target, other, options, python2, verbose);
    }

    /** Returns this program with another choice of the sources that are translated. */
    public Program withPython2(Python2 other) {
        return new Program(kind, target, arguments, options, other, verbose);
    }

    /** Returns this program, telling its translations or not. */
    public Program withVerbose(boolean on) {
        return new Program(kind, target, arguments, options, python2, on);
    }
}
