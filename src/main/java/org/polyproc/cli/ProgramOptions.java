package org.polyproc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.polyproc.PythonHost;
import org.polyproc.PythonProgram;
import org.polyproc.guest.CommandLine;
import org.polyproc.guest.Program;
import org.polyproc.guest.Program.Kind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of a command that runs a program: polyproc's own, which are long ones, then a command line of python3. */
final class ProgramOptions {

    /** In characters. */
    private static final int MOST_OF_TITLE = 60;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--verbose", description = "Say on standard error when a source is translated from Python 2.")
    private boolean verbose;

    @Option(names = "--py2", description = "Translate the sources from Python 2, whatever they look like.")
    private boolean python2;

    @Option(names = "--no-py2", description = "Translate no source. The default is those that look like Python 2.")
    private boolean python3;

    @Option(names = "--max-processes", paramLabel = "N", defaultValue = "512",
            description = "How many processes may be alive at once (default: ${DEFAULT-VALUE}).")
    private int maxProcesses;

    @Option(names = "--prepared", paramLabel = "N",
            description = "How many child processes are kept ready before they are asked for (default: the number of processors).")
    private Integer prepared;

    /** Whose named shared memory scripts see. */
    enum Shm {
        /** That of the host's processes. */
        HOST,
        /** The machine's. */
        POSIX
    }

    @Option(names = "--shm", paramLabel = "KIND", defaultValue = "host",
            description = "What multiprocessing.shared_memory names: host, memory that only this program's processes see, or posix, "
                    + "the machine's, which other programs see too (default: ${DEFAULT-VALUE}).")
    private Shm shm;

    // The launcher script has read these two before it started this JVM.
    @Option(names = "--jit", description = "Compile hot Python code to machine code: slower to start, faster to run.")
    private boolean jit;

    @Option(names = "--no-jit", description = "Interpret all Python code: faster to start, slower to run.")
    private boolean noJit;

    @Parameters(arity = "0..*", paramLabel = "COMMAND-LINE",
            description = "A command line of python3: its options, then a script, a folder or zip archive with a __main__.py, "
                    + "-m MODULE, -c CODE, - or nothing (standard input), then the program's arguments.")
    private List<String> words = new ArrayList<>();

    /**
     * Returns the program.
     *
     * @throws ParameterException if the options contradict each other, or the words are no command line of python3
     */
    PythonProgram program() {
        if (python2 && python3) {
            throw new ParameterException(command.commandLine(), "--py2 and --no-py2 exclude each other");
        }
        if (maxProcesses < 1) {
            throw new ParameterException(command.commandLine(), "--max-processes must be positive: " + maxProcesses);
        }
        if (prepared != null && prepared < 0) {
            throw new ParameterException(command.commandLine(), "--prepared must not be negative: " + prepared);
        }
        parse();
        PythonProgram program = PythonProgram.commandLine(words);
        if (python2) {
            program = program.asPython2();
        } else if (python3) {
            program = program.asPython3();
        }
        return verbose ? program.verbose() : program;
    }

    private Program parse() {
        try {
            return CommandLine.parse(words);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    /** Returns whether the words name a program; if they don't, standard input is the program. */
    boolean namesProgram() {
        Program program = parse();
        return program.kind() != Kind.STDIN || !program.target().isEmpty();
    }

    /** Returns the script's path, or null if the program is none that a file is named for. */
    Path script() {
        Program program = parse();
        return program.kind() == Kind.SCRIPT ? Path.of(program.target()) : null;
    }

    /** Returns what a picture of the run is called: the script's name, or the command line. */
    String title() {
        Path script = script();
        if (script != null && script.getFileName() != null) {
            return script.getFileName().toString();
        }
        String line = String.join(" ", words).strip();
        return line.isEmpty() ? "standard input" : line.length() > MOST_OF_TITLE ? line.substring(0, MOST_OF_TITLE) + "…" : line;
    }

    /** Returns the interpreter's options, each by itself, a value as the word after its option. */
    List<String> interpreterOptions() {
        return parse().options();
    }

    /** Returns the command line of python3. */
    List<String> words() {
        return words;
    }

    /** Sets what the options say of the host. */
    PythonHost.Builder apply(PythonHost.Builder builder) {
        if (prepared != null) {
            builder.preparedProcesses(prepared);
        }
        return builder.maxProcesses(maxProcesses).posixSharedMemory(shm == Shm.POSIX);
    }
}
