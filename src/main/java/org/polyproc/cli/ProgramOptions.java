package org.polyproc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import org.polyproc.PythonProgram;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of a command that runs a program: which one, with which arguments, and how. */
final class ProgramOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "-m", paramLabel = "MODULE", parameterConsumer = Rest.class,
            description = "Run a module; what follows are its arguments.")
    private List<String> module = new ArrayList<>();

    @Option(names = "-c", paramLabel = "CODE", parameterConsumer = Rest.class,
            description = "Run code given as text; what follows are its arguments.")
    private List<String> code = new ArrayList<>();

    @Option(names = {"-v", "--verbose"}, description = "Say on standard error when a source is translated from Python 2.")
    private boolean verbose;

    @Option(names = "--py2", description = "Translate the sources from Python 2, whatever they look like.")
    private boolean python2;

    @Option(names = "--no-py2", description = "Translate no source. The default is those that look like Python 2.")
    private boolean python3;

    @Option(names = "--max-processes", paramLabel = "N", defaultValue = "512",
            description = "How many processes may be alive at once (default: ${DEFAULT-VALUE}).")
    private int maxProcesses;

    // The launcher script has read these two before it started this JVM.
    @Option(names = "--jit", description = "Compile hot Python code to machine code: slower to start, faster to run.")
    private boolean jit;

    @Option(names = "--no-jit", description = "Interpret all Python code: faster to start, slower to run.")
    private boolean noJit;

    @Parameters(arity = "0..*", paramLabel = "SCRIPT [ARGS...]",
            description = "A script, or a folder or zip archive with a __main__.py; - is standard input. "
                    + "What follows are its arguments.")
    private List<String> script = new ArrayList<>();

    /** Takes all that is left of the command line: an option's value and the program's arguments. */
    static final class Rest implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec spec) {
            if (args.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "argument expected for the " + option.paramLabel()
                        + " of " + ((picocli.CommandLine.Model.OptionSpec) option).longestName());
            }
            List<String> value = option.getValue();
            while (!args.isEmpty()) {
                value.add(args.pop());
            }
        }
    }

    /**
     * Returns the program.
     *
     * @throws ParameterException if the options contradict each other or name no program
     */
    PythonProgram program() {
        if (python2 && python3) {
            throw new ParameterException(command.commandLine(), "--py2 and --no-py2 exclude each other");
        }
        if (maxProcesses < 1) {
            throw new ParameterException(command.commandLine(), "--max-processes must be positive: " + maxProcesses);
        }
        PythonProgram program = target();
        if (python2) {
            program = program.asPython2();
        } else if (python3) {
            program = program.asPython3();
        }
        return verbose ? program.verbose() : program;
    }

    private PythonProgram target() {
        if (!module.isEmpty()) {
            return PythonProgram.module(module.getFirst()).withArguments(tail(module));
        }
        if (!code.isEmpty()) {
            return PythonProgram.code(code.getFirst()).withArguments(tail(code));
        }
        if (script.isEmpty()) {
            throw new ParameterException(command.commandLine(), "a program is required: SCRIPT, -m MODULE, -c CODE or -");
        }
        PythonProgram program = script.getFirst().equals("-")
                ? PythonProgram.standardInput() : PythonProgram.script(Path.of(script.getFirst()));
        return program.withArguments(tail(script));
    }

    private static List<String> tail(List<String> words) {
        return words.subList(1, words.size());
    }

    /** Returns the script's path, or null if the program is none that a file is named for. */
    Path script() {
        return script.isEmpty() || script.getFirst().equals("-") ? null : Path.of(script.getFirst());
    }

    /** Returns the program's arguments. */
    List<String> arguments() {
        return script.isEmpty() ? List.of() : tail(script);
    }

    int maxProcesses() {
        return maxProcesses;
    }
}
