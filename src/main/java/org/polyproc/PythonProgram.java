package org.polyproc;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.polyproc.guest.CommandLine;
import org.polyproc.guest.Program;
import org.polyproc.guest.Program.Kind;
import org.polyproc.guest.Program.Python2;

/**
 * A Python program as {@code python3} would be given it on its command line, or a call of a Python function. Immutable.
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
    private final List<?> handed;

    private PythonProgram(Program program) {
        this(program, List.of());
    }

    private PythonProgram(Program program, List<?> handed) {
        this.program = program;
        this.handed = handed;
    }

    private static PythonProgram of(Kind kind, String target) {
        return new PythonProgram(new Program(kind, target, List.of(), EMBEDDED, Python2.AUTO, false));
    }

    /**
     * A script; or a folder or zip archive that has a {@code __main__.py}.
     *
     * @param path the script, folder or archive
     * @return the program
     */
    public static PythonProgram script(Path path) {
        return of(Kind.SCRIPT, path.toString());
    }

    /**
     * A module that is found on {@code sys.path}, as {@code python3 -m} runs it.
     *
     * @param name the module's name
     * @return the program
     */
    public static PythonProgram module(String name) {
        return of(Kind.MODULE, name);
    }

    /**
     * Source text, as {@code python3 -c} runs it.
     *
     * @param text the source text
     * @return the program
     */
    public static PythonProgram code(String text) {
        return of(Kind.CODE, text);
    }

    /**
     * The source text that the host's standard input has, as {@code python3 -} runs it.
     *
     * @return the program
     */
    public static PythonProgram standardInput() {
        return of(Kind.STDIN, "-");
    }

    /**
     * A call of a function. The main process imports the module, which is found on {@code sys.path} (the context builder's option
     * {@code python.PythonPath} adds folders to it) or in the working directory, and calls its function. It ends with exit code 0
     * when the function returns, whatever that returns, and with 1 and a traceback when it raises an exception.
     *
     * <p>Arguments are copied: null, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code String},
     * {@code byte[]}, {@code List} and {@code Map} with keys of type {@code String} arrive as {@code None}, {@code bool},
     * {@code int}, {@code float}, {@code str}, {@code bytes}, {@code list} and {@code dict}. Shared objects of the host arrive as
     * those of {@code multiprocessing}, which the function may pass on to child processes: {@link SharedLock} as a {@code Lock} or
     * {@code RLock}, {@link SharedSemaphore}, {@link SharedCondition}, {@link SharedEvent}, {@link SharedBarrier},
     * {@link SharedQueue}, {@link SharedValue} and {@link SharedArray} as what their names say. A {@link PythonCallback} arrives as a function.
     *
     * @param module    the module's name
     * @param function  the function's name
     * @param arguments the arguments
     * @return the program
     * @throws IllegalArgumentException if an argument, or something in it, is of another class
     */
    public static PythonProgram function(String module, String function, Object... arguments) {
        return new PythonProgram(of(Kind.FUNCTION, Objects.requireNonNull(module) + ":" + Objects.requireNonNull(function)).program,
                (List<?>) Handover.copy(Arrays.asList(arguments)));
    }

    /**
     * What a command line of {@code python3} asks for, see {@link #commandLine(List)}.
     *
     * @param words the words after {@code python3}
     * @return the program
     */
    public static PythonProgram commandLine(String... words) {
        return commandLine(List.of(words));
    }

    /**
     * What a command line of {@code python3} asks for: the interpreter's options, then {@code -c CODE}, {@code -m MODULE}, a
     * script, {@code -} or nothing, then the program's arguments. The program's child processes have the same options.
     *
     * @param words the words after {@code python3}
     * @return the program
     * @throws IllegalArgumentException if they are no command line, or ask for an interactive interpreter ({@code -i})
     */
    public static PythonProgram commandLine(List<String> words) {
        return new PythonProgram(CommandLine.parse(words));
    }

    /**
     * {@return this program with other arguments: what follows in {@code sys.argv}}
     *
     * @param arguments the arguments
     */
    public PythonProgram withArguments(String... arguments) {
        return withArguments(List.of(arguments));
    }

    /**
     * {@return this program with other arguments: what follows in {@code sys.argv}}
     *
     * @param arguments the arguments
     */
    public PythonProgram withArguments(List<String> arguments) {
        return new PythonProgram(program.withArguments(arguments), handed);
    }

    /** {@return this program, to be translated from Python 2 whatever it looks like} */
    public PythonProgram asPython2() {
        return new PythonProgram(program.withPython2(Python2.ALWAYS), handed);
    }

    /** {@return this program, never to be translated} */
    public PythonProgram asPython3() {
        return new PythonProgram(program.withPython2(Python2.NEVER), handed);
    }

    /** {@return this program, to say on standard error what was translated} */
    public PythonProgram verbose() {
        return new PythonProgram(program.withVerbose(true), handed);
    }

    Program program() {
        return program;
    }

    /** What the program's function is called with. */
    List<?> handed() {
        return handed;
    }
}
