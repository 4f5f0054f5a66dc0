package org.polyproc.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The launcher's entry. */
@Command(
        name = "polyproc",
        description = "Runs Python scripts with multiprocessing inside one JVM.",
        subcommands = {RunCommand.class, CompareCommand.class, DoctorCommand.class},
        versionProvider = Versions.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    /** The exit status for a command line that can't be understood, as {@code python3} has it. */
    static final int USAGE = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT,
            description = "Show failures of polyproc itself with their Java stack traces.")
    private boolean debug;

    private final CommandLine commandLine = new CommandLine(this);

    private Main() {
        commandLine.getSubcommands().get("run").setStopAtPositional(true);
        commandLine.getSubcommands().get("compare").setStopAtPositional(true);
        commandLine.setParameterExceptionHandler(Main::explain);
        commandLine.setExecutionExceptionHandler((failure, command, result) -> fail(failure));
    }

    /** Executes a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(new Main().commandLine.execute(args));
    }

    /** Called when no command is given. */
    @Override
    public void run() {
        throw new ParameterException(commandLine, "a command is required: run, compare or doctor");
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
