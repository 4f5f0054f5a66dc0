package org.polyproc;

import java.nio.file.Path;
import java.util.List;
import org.polyproc.guest.Program;
import org.polyproc.guest.Program.Kind;
import org.polyproc.guest.Program.Python2;

/**
 * A Python program as {@code python3} would be given it on its command line. Immutable.
 *
 * <p>Sources that look like Python 2 are translated in memory, unless that is changed by {@link #asPython2} or
 * {@link #asPython3}.
 */
public final class PythonProgram {

    private final Program program;

    private PythonProgram(Program program) {
        this.program = program;
    }

    private static PythonProgram of(Kind kind, String target) {
        return new PythonProgram(new Program(kind, target, List.of(), Python2.AUTO, false));
    }

    /** A script; or a folder or zip archive that has a {@code __main__.py}. */
    public static PythonProgram script(Path path) {
        return of(Kind.SCRIPT, path.toString());
    }

    /** A module that is found on {@code sys.path}, as {@code python3 -m} runs it. */
    public static PythonProgram module(String name) {
        return of(Kind.MODULE, name);
    }

    /** Source text, as {@code python3 -c} runs it. */
    public static PythonProgram code(String text) {
        return of(Kind.CODE, text);
    }

    /** The source text that the host's standard input has, as {@code python3 -} runs it. */
    public static PythonProgram standardInput() {
        return of(Kind.STDIN, "-");
    }

    /** Returns this program with other arguments: what follows in {@code sys.argv}. */
    public PythonProgram withArguments(String... arguments) {
        return withArguments(List.of(arguments));
    }

    /** Returns this program with other arguments: what follows in {@code sys.argv}. */
    public PythonProgram withArguments(List<String> arguments) {
        return new PythonProgram(new Program(
                program.kind(), program.target(), arguments, program.python2(), program.verbose()));
    }

    /** Returns this program, to be translated from Python 2 whatever it looks like. */
    public PythonProgram asPython2() {
        return withPython2(Python2.ALWAYS);
    }

    /** Returns this program, never to be translated. */
    public PythonProgram asPython3() {
        return withPython2(Python2.NEVER);
    }

    private PythonProgram withPython2(Python2 python2) {
        return new PythonProgram(new Program(
                program.kind(), program.target(), program.arguments(), python2, program.verbose()));
    }

    /** Returns this program, to say on standard error what was translated. */
    public PythonProgram verbose() {
        return new PythonProgram(new Program(
                program.kind(), program.target(), program.arguments(), program.python2(), true));
    }

    Program program() {
        return program;
    }
}
