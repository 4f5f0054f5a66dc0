package org.polyproc.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The launcher's entry. */
@Command(
        name = "polyproc",
        description = {
            "Runs Python scripts with multiprocessing inside one JVM.",
            "In the project's folder, polyproc conformance runs CPython's own tests on it (docs/conformance.md).",
        },
        subcommands = {RunCommand.class, CompareCommand.class, BenchCommand.class, CacheCommand.class,
            DoctorCommand.class},
        versionProvider = Versions.class,
        scope = ScopeType.INHERIT,
        customSynopsis = {
            "polyproc [run] [OPTIONS] [PYTHON OPTIONS] (SCRIPT | -m MODULE | -c CODE | -) [ARGS...]",
            "polyproc COMMAND [OPTIONS] ...",
        })
public final class Main implements Runnable {

    /** The exit status for a command line that can't be understood, as {@code python3} has it. */
    static final int USAGE = 2;

    private static final String RUN = "run";

    /** No word of a command line; its end of options is for {@code python3}'s rules. */
    private static final String NO_DELIMITER = "\0";

    @Option(names = "--debug", scope = ScopeType.INHERIT,
            description = "Show failures of polyproc itself with their Java stack traces.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, scope = ScopeType.INHERIT, description = "Print versions and exit.")
    private boolean version;

    private final CommandLine commandLine = new CommandLine(this);

    private Main() {
        for (String name : List.of(RUN, "compare")) {
            // What polyproc does not know begins a command line of python3.
            commandLine.getSubcommands().get(name)
                    .setStopAtPositional(true)
                    .setUnmatchedOptionsArePositionalParams(true)
                    .setEndOfOptionsDelimiter(NO_DELIMITER);
        }
        commandLine.setExpandAtFiles(false);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(Main::explain);
        commandLine.setExecutionExceptionHandler((failure, command, result) -> fail(failure));
    }

    /** Executes a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(new Main().execute(args));
    }

    private int execute(String[] args) {
        return commandLine.execute(namesCommand(args) ? args
                : Stream.concat(Stream.of(RUN), Stream.of(args)).toArray(String[]::new));
    }

    /** Returns whether the first word that is none of the options of every command is a command. */
    private boolean namesCommand(String[] args) {
        return Stream.of(args).filter(word -> !word.equals("--debug")).findFirst()
                .filter(word -> commandLine.getSubcommands().containsKey(word)
                        || commandLine.getCommandSpec().findOption(word) != null)
                .isPresent();
    }

    /** Called when no command is given. */
    @Override
    public void run() {
        throw new ParameterException(commandLine, "a command is required: run, compare, bench, cache or doctor");
    }

    /** Returns whether stack traces are wanted. */
    boolean debug() {
        return debug;
    }

    private static int explain(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("polyproc: " + e.getMessage() + " (see '" + name + " --help')");
        return USAGE;
    }

    private int fail(Exception failure) {
        PrintWriter err = commandLine.getErr();
        if (debug) {
            failure.printStackTrace(err);
        } else {
            err.println("polyproc: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        }
        return 1;
    }
}
