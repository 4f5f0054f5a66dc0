package org.polyproc.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.polyproc.ExitStatus;
import org.polyproc.PythonHost;
import org.polyproc.compare.Comparison;
import org.polyproc.compare.HtmlReport;
import org.polyproc.compare.Lines;
import org.polyproc.compare.OutputLine;
import org.polyproc.compare.SideBySide;
import org.polyproc.compare.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code polyproc compare}: runs a script and says whether its output is equivalent to a reference. */
@Command(
        name = "compare",
        description = {
            "Runs a script and says whether its output is equivalent to the reference: the same lines, each process's own lines "
                + "in the same order; how the processes interleave may differ.",
            "The reference is SCRIPT's expected file (NAME.expected.txt beside NAME.py), or what one of the options says. "
                + "Standard input is NAME.stdin.txt, if it exists.",
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:equivalent", "1:different", "2:could not run, or not decided"},
        customSynopsis = "polyproc compare [OPTIONS] [PYTHON OPTIONS] SCRIPT [ARGS...]")
final class CompareCommand implements Callable<Integer> {

    private static final int EQUIVALENT = 0;
    private static final int DIFFERENT = 1;
    private static final int FAILED = 2;

    @Spec
    private CommandSpec command;

    @ParentCommand
    private Main main;

    @Mixin
    private ProgramOptions options;

    @Option(names = "--reference", paramLabel = "FILE", description = "Compare with the output that FILE holds.")
    private Path file;

    @Option(names = "--python", paramLabel = "PYTHON", description = "Compare with a run of another interpreter.")
    private String python;

    @Option(names = "--html", paramLabel = "FILE",
            description = "Write both outputs side by side, coloured by process, to a page for a browser.")
    private Path html;

    @Override
    public Integer call() throws InterruptedException {
        Path script = script();
        OutputFile page = html == null ? null : page();
        try {
            Reference reference = reference(script);
            List<OutputLine> lines = Collections.synchronizedList(new ArrayList<>());
            ExitStatus status = run(script, lines);
            Verdict verdict = Comparison.compare(Lines.split(reference.text()), List.copyOf(lines));
            int result = report(reference, verdict, status);
            if (page != null) {
                String text = HtmlReport.render(verdict, options.title(), reference.origin());
                page.write(stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
            }
            return result;
        } catch (IOException e) {
            if (main.debug()) {
                e.printStackTrace(err());
            }
            err().println("polyproc: " + e.getMessage());
            return FAILED;
        }
    }

    private OutputFile page() {
        try {
            return new OutputFile(html, "comparison");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }

    private Path script() {
        Path script = options.script();
        if (script == null) {
            throw new ParameterException(command.commandLine(), "a script is required");
        }
        if (file != null && python != null) {
            throw new ParameterException(command.commandLine(), "--reference and --python exclude each other");
        }
        return script;
    }

    private Reference reference(Path script) throws IOException, InterruptedException {
        if (!Files.isRegularFile(script)) {
            throw new IOException("there is no such script: " + script);
        }
        if (python != null) {
            return Reference.ofRun(python, options.words(), input(script));
        }
        Path expected = file != null ? file : beside(script, ".expected.txt");
        if (!Files.isRegularFile(expected)) {
            throw new IOException("there is no reference: " + expected + "; see --reference and --python");
        }
        return Reference.ofFile(expected);
    }

    private static Path beside(Path script, String ending) {
        String name = script.getFileName().toString();
        return script.resolveSibling((name.endsWith(".py") ? name.substring(0, name.length() - 3) : name) + ending);
    }

    private static Path input(Path script) {
        Path input = beside(script, ".stdin.txt");
        return Files.isRegularFile(input) ? input : null;
    }

    private ExitStatus run(Path script, List<OutputLine> lines) throws IOException, InterruptedException {
        Path input = input(script);
        try (InputStream in = input == null ? InputStream.nullInputStream() : new FileInputStream(input.toFile());
                PythonHost host = options.apply(LauncherHost.builder(options.interpreterOptions()))
                        .in(in)
                        .out(OutputStream.nullOutputStream())
                        .err(new FileOutputStream(FileDescriptor.err))
                        .terminals()
                        .onLine((pid, process, line) -> lines.add(outputLine(pid, process, line)))
                        .debug(main.debug())
                        .build()) {
            JvmSignals.handle("INT", host::interruptAll);
            return host.run(options.program());
        }
    }

    /** A line as the reference's are split: a carriage return before the line's end belongs to the end. */
    private static OutputLine outputLine(int pid, String process, String line) {
        return new OutputLine(pid, process, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    private int report(Reference reference, Verdict verdict, ExitStatus status) {
        PrintWriter out = command.commandLine().getOut();
        if (verdict instanceof Verdict.Equivalent) {
            out.println(verdict.summary());
        } else {
            out.print(new SideBySide(columns(), 5, 10, LauncherHost.isTerminal(1)).render(verdict));
        }
        boolean sameStatus = reference.exitStatus() == null || reference.exitStatus() == status.shellStatus();
        if (!sameStatus) {
            out.println("different exit status: " + reference.exitStatus() + " in the reference, "
                    + status.shellStatus() + " here");
        } else if (!status.isSuccess()) {
            out.println("the script ended with exit status " + status.shellStatus());
        }
        out.flush();
        return switch (verdict) {
            case Verdict.Equivalent equivalent -> sameStatus ? EQUIVALENT : DIFFERENT;
            case Verdict.Different different -> DIFFERENT;
            case Verdict.Undecided undecided -> FAILED;
        };
    }

    /** Returns the width to print for: that of the terminal, where the environment tells it. */
    private static int columns() {
        try {
            return Math.max(Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "100")), SideBySide.MIN_WIDTH);
        } catch (NumberFormatException e) {
            return 100;
        }
    }
}
