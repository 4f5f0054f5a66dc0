package org.polyproc.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code polyproc run}: executes a Python program as {@code python3} does. */
@Command(
        name = "run",
        description = {
            "Runs a Python program as python3 does; its processes are threads of this JVM. The word run may be left out.",
            "Python's options are those of python3, single letters that may be combined: -b -B -d -E -I -O -OO -P -q -R -s -S -u "
                + "-v -V -x, -W FILTER, -X OPTION, --check-hash-based-pycs MODE.",
        },
        customSynopsis = {
            "polyproc [run] [OPTIONS] [PYTHON OPTIONS] SCRIPT [ARGS...]",
            "polyproc [run] [OPTIONS] [PYTHON OPTIONS] (-m MODULE | -c CODE | - | nothing: standard input) [ARGS...]",
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @ParentCommand
    private Main main;

    @Mixin
    private ProgramOptions options;

    @Option(names = "--timeline", paramLabel = "FILE",
            description = "Draw what the processes did, and what they waited for, when the program has ended. FILE.html is a page for "
                    + "a browser, FILE.json a trace for Perfetto, FILE.svg a picture for a document.")
    private Path timeline;

    @Override
    public Integer call() throws InterruptedException {
        PythonProgram program = options.program();
        if (!options.namesProgram() && LauncherHost.isTerminal(0)) {
            throw new ParameterException(command.commandLine(),
                    "a program is required, there is no interactive interpreter: SCRIPT, -m MODULE, -c CODE or -");
        }
        TimelineOutput picture = timeline == null ? null : startTimeline();
        try {
            return run(program);
        } finally {
            if (picture != null) {
                picture.finish(options.title(), command.commandLine().getErr());
            }
            StartupCache.makeInBackground();
        }
    }

    private TimelineOutput startTimeline() {
        try {
            return new TimelineOutput(timeline);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    private int run(PythonProgram program) throws InterruptedException {
        try (PythonHost host = options.apply(LauncherHost.builder(options.interpreterOptions()))
                .in(new FileInputStream(FileDescriptor.in))
                .out(new FileOutputStream(FileDescriptor.out))
                .err(new FileOutputStream(FileDescriptor.err))
                .debug(main.debug())
                .build();
                PythonProcess process = host.start(program)) {
            // A terminal sends Ctrl-C's signal to every process that it shows, and kill(1) to the one that is named.
            JvmSignals.handle("INT", host::interruptAll);
            JvmSignals.handle("TERM", process::terminate);
            JvmSignals.handle("HUP", process::hangUp);
            return process.waitFor().shellStatus();
        }
    }
}
