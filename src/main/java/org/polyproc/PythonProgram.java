package org.polyproc;

import java.nio.file.Path;
import java.util.List;
import org.polyproc.guest.CommandLine;
import org.polyproc.guest.Program;
import org.polyproc.guest.Program.Kind;
import org.polyproc.guest.Program.Python2;

/**
 * A Python program as {@code python3} would be given it on its command line. Immutable.
 *
 * <p>Programs of {@link #commandLine} honour the environment variables that {@code python3} does, such as {@code PYTHONPATH}, as
 * far as the context builder allows access to the environment; the others ignore them and the user's site-packages folder
 * ({@code -E -s}).
 *
 * <p>Sources that look like Python 2 are translated in memory, unless that is changed by {@link #asPython2} or
 * {@link #asPython3}.
 */
public final class PythonProgram {

    private static final List<String> EMBEDDED = List.of("-E", "-s");

    private final Program program;

    private PythonProgram(Program program) {
        this.program = program;
    }

    private static PythonProgram of(Kind kind, String target) {
        return new PythonProgram(new Program(kind, target, List.of(), EMBEDDED, Python2.AUTO, false));
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

    /** What a command line of {@code python3} asks for, see {@link #commandLine(List)}. */
    public static PythonProgram commandLine(String... words) {
        return commandLine(List.of(words));
    }

    /**
     * What a command line of {@code python3} asks for: the interpreter's options, then {@code -c CODE}, {@code -m MODULE}, a
     * script, {@code -} or nothing, then the program's arguments. The program's child processes have the same options.
     *
     * @param words the words after {@code python3}
     * @throws IllegalArgumentException if they are no command line, or ask for an interactive interpreter ({@code -i})
     */
    public static PythonProgram commandLine(List<String> words) {
        return new PythonProgram(CommandLine.parse(words));
    }

    /** Returns this program with other arguments: what follows in {@code sys.argv}. */
    public PythonProgram withArguments(String... arguments) {
        return withArguments(List.of(arguments));
    }

    /** Returns this program with other arguments: what follows in {@code sys.argv}. */
    public PythonProgram withArguments(List<String> arguments) {
        return new PythonProgram(program.withArguments(arguments));
    }

    /** Returns this program, to be translated from Python 2 whatever it looks like. */
    public PythonProgram asPython2() {
        return new PythonProgram(program.withPython2(Python2.ALWAYS));
    }

    /** Returns this program, never to be translated. */
    public PythonProgram asPython3() {
        return new PythonProgram(program.withPython2(Python2.NEVER));
    }

    /** Returns this program, to say on standard error what was translated. */
    public PythonProgram verbose() {
        return new PythonProgram(program.withVerbose(true));
    }

    Program program() {
        return program;
    }
}
