package org.polyproc.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;
import org.polyproc.trace.EventRecording;
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

    /** The exit status after a deadlock: EDEADLK of Linux. */
    static final int DEADLOCK = 35;

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

    @Option(names = "--record", paramLabel = "FILE",
            description = "Write what the processes did (starts, ends, waits, locks, messages, lines) to a file of the JVM's flight "
                    + "recorder, which JDK Mission Control opens.")
    private Path record;

    @Option(names = "--values", description = "With --record or --timeline: each number that is written to a Value or Array, too.")
    private boolean values;

    @Option(names = "--detect-deadlock",
            description = "When processes wait for each other's locks or ends in a ring, or all wait for what only they could give, say "
                    + "who waits for what on which line and end with status " + DEADLOCK + ". Waits with a timeout, signal handlers, "
                    + "input and sockets count as able to go on.")
    private boolean detectDeadlock;

    @Option(names = "--status",
            description = "Show below the output, if it goes to a terminal, a table of the processes: what each does and waits for, its "
                    + "processor time and how many lines it has written.")
    private boolean status;

    private OutputStream out = new FileOutputStream(FileDescriptor.out);
    private OutputStream err = new FileOutputStream(FileDescriptor.err);

    @Override
    public Integer call() throws InterruptedException, IOException {
        PythonProgram program = options.program();
        if (!options.namesProgram() && LauncherHost.isTerminal(0)) {
            throw new ParameterException(command.commandLine(),
                    "a program is required, there is no interactive interpreter: SCRIPT, -m MODULE, -c CODE or -");
        }
        if (values && record == null && timeline == null) {
            throw new ParameterException(command.commandLine(), "--values needs --record or --timeline");
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

    private TimelineOutput startTimeline() throws IOException {
        try {
            return TimelineOutput.start(timeline, values);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    private int run(PythonProgram program) throws InterruptedException, IOException {
        AtomicReference<String> deadlock = new AtomicReference<>();
        CompletableFuture<PythonProcess> started = new CompletableFuture<>();
        PythonHost.Builder builder = builder();
        if (detectDeadlock) {
            builder.onDeadlock(text -> {
                deadlock.set(text);
                started.thenAccept(PythonProcess::kill);
            });
        }
        try (EventRecording recording = record == null ? null : startRecording();
                StatusTable table = status ? statusTable(builder) : null;
                PythonHost host = builder.build();
                PythonProcess process = host.start(program)) {
            started.complete(process);
            // A terminal sends Ctrl-C's signal to every process that it shows, and kill(1) to the one that is named.
            JvmSignals.handle("INT", host::interruptAll);
            JvmSignals.handle("TERM", process::terminate);
            JvmSignals.handle("HUP", process::hangUp);
            QuitSignal.handle(() -> dump(host));
            if (table != null) {
                table.start(host);
            }
            int code = process.waitFor().shellStatus();
            if (deadlock.get() != null) {
                say("polyproc: " + deadlock.get());
                return DEADLOCK;
            }
            return code;
        }
    }

    private PythonHost.Builder builder() {
        return options.apply(LauncherHost.builder(options.interpreterOptions()))
                .in(new FileInputStream(FileDescriptor.in))
                .out(out)
                .err(err)
                .debug(main.debug());
    }

    /** Puts a table below the output, if that goes to a terminal; returns null if not. */
    private StatusTable statusTable(PythonHost.Builder builder) {
        StatusTerminal terminal = new StatusTerminal(LauncherHost.isTerminal(1) ? out : err);
        if (LauncherHost.isTerminal(1)) {
            out = terminal;
        }
        if (LauncherHost.isTerminal(2)) {
            err = terminal;
        }
        if (out != terminal && err != terminal) {
            return null;
        }
        StatusTable table = new StatusTable(terminal);
        builder.out(out).err(err).onLine((pid, name, line) -> table.count(pid));
        return table;
    }

    private void dump(PythonHost host) {
        try {
            say("\npolyproc: " + host.dump());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // There is nowhere else to say it.
        }
    }

    private EventRecording startRecording() throws IOException {
        try {
            return EventRecording.start(record, values);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--record can't write the file: " + record);
        }
    }
}
