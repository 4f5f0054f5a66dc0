package org.polyproc.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLStreamException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyproc conformance}: runs CPython's tests of multiprocessing and says where they differ from what is expected. */
@Command(
        name = "polyproc conformance",
        description = {
            "Runs CPython's own tests of multiprocessing and compares their outcomes with those that "
                + "src/test/conformance/expected.txt lists.",
            "target/conformance/report.md tells what became of each test.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:all as expected", "1:different", "2:could not run"})
public final class Conformance implements Callable<Integer> {

    private static final int AS_EXPECTED = 0;
    private static final int DIFFERENT = 1;
    private static final int FAILED = 2;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "CLASS[.TEST]",
            description = "What to run, where * stands for any characters; all tests if nothing is given.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--workers", paramLabel = "N", defaultValue = "2",
            description = "How many JVMs run tests at the same time (${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "120",
            description = "How long a test, or a fixture of a class, may take (${DEFAULT-VALUE}).")
    private int timeLimit;

    @Option(names = "--update",
            description = "Rewrite the expectations; what does not pass and has no reason yet gets the reason TODO.")
    private boolean update;

    private Conformance() {
    }

    /** Runs the tests and exits with the status. */
    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Conformance());
        commandLine.setParameterExceptionHandler(
                (e, arguments) -> fail(commandLine, e.getMessage() + " (see 'polyproc conformance --help')"));
        commandLine.setExecutionExceptionHandler(
                (e, failed, result) -> fail(commandLine, e.getMessage() == null ? e.toString() : e.getMessage()));
        System.exit(commandLine.execute(args));
    }

    private static int fail(CommandLine commandLine, String message) {
        commandLine.getErr().println("polyproc: " + message);
        return FAILED;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, XMLStreamException {
        requirePositive("--workers", workers);
        requirePositive("--time-limit", timeLimit);
        Layout layout = new Layout(Path.of(System.getProperty("polyproc.home", "")).toAbsolutePath());
        Progress progress = new Progress(command.commandLine().getOut());
        Expectations expectations = Expectations.read(layout.expectations());
        Selection selection = new Selection(names);
        clean(layout);
        Installation.make(layout);
        new CPythonTests(layout, progress::say).install();

        RunResult run = new TestRun(layout, workers, Duration.ofSeconds(timeLimit), progress)
                .run(Suite.read(layout.suites()), selection, name -> isExpectedToPass(expectations.of(name)));

        Expectations valid = update ? expectations.updated(run.tests(), selection.isAll()) : expectations;
        List<String> deviations = valid.deviations(run.tests(), selection.isAll());
        if (update) {
            Files.write(layout.expectations(), valid.lines());
        }
        write(layout, run, valid, deviations);
        return conclude(layout, run, deviations);
    }

    private void requirePositive(String option, int value) {
        if (value <= 0) {
            throw new ParameterException(command.commandLine(), option + " must be positive: " + value);
        }
    }

    private static boolean isExpectedToPass(Expectation expectation) {
        return expectation != null && expectation.expected() == Expected.PASS;
    }

    private void clean(Layout layout) throws IOException {
        Folders.delete(layout.outputs());
        for (int worker = 1; worker <= workers; worker++) {
            Folders.delete(layout.log(worker));
        }
    }

    private static void write(Layout layout, RunResult run, Expectations expectations, List<String> deviations)
            throws IOException, XMLStreamException {
        Files.writeString(layout.report(), new Report(run, expectations, deviations).render());
        Files.writeString(layout.junitReport(), JUnitReport.render(run));
    }

    private int conclude(Layout layout, RunResult run, List<String> deviations) {
        PrintWriter out = command.commandLine().getOut();
        deviations.forEach(deviation -> out.println("different: " + deviation));
        out.println(Report.headline(run));
        out.println(deviations.isEmpty() ? "all as expected; see " + layout.report()
                : deviations.size() + " differences from what is expected; see " + layout.report());
        out.flush();
        return deviations.isEmpty() ? AS_EXPECTED : DIFFERENT;
    }
}
