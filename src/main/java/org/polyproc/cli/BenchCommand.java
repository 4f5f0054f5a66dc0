package org.polyproc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.graalvm.polyglot.Engine;
import org.polyproc.PythonHost;
import org.polyproc.bench.Bench;
import org.polyproc.bench.Benchmark;
import org.polyproc.bench.BenchmarkException;
import org.polyproc.bench.Environment;
import org.polyproc.bench.Interpreter;
import org.polyproc.bench.Report;
import org.polyproc.bench.Result;
import org.polyproc.bench.StartTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyproc bench}: measures benchmarks on polyproc and on another interpreter in turns. */
@Command(
        name = "bench",
        description = {
            "Measures benchmarks on polyproc and on another Python in turns, and prints the medians and their ratios.",
            "The benchmarks are the scripts in the project's folder benchmarks, and startup, how long it takes to start.",
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:measured, whatever the ratios are", "1:something could not be measured", "2:wrong command line"})
final class BenchCommand implements Callable<Integer> {

    private static final String STARTUP = "startup";

    @Spec
    private CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The benchmarks to measure; the default is all of them.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--against", paramLabel = "PYTHON", defaultValue = "python3",
            description = "The interpreter to compare with (default: ${DEFAULT-VALUE}).")
    private String against;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
            description = "How many rounds to measure on each interpreter (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "10",
            description = "How long each benchmark warms up at least; longer until its times have settled, but at most 4 times "
                    + "as long (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the times of all rounds to a file, too.")
    private Path json;

    // The launcher script has read these two before it started this JVM.
    @Option(names = "--jit", description = "Measure polyproc with the JIT, which is the default.")
    private boolean jit;

    @Option(names = "--no-jit", description = "Measure polyproc without the JIT.")
    private boolean noJit;

    private BenchProgress progress;
    private boolean complete = true;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(command.commandLine(), "--rounds must be positive: " + rounds);
        }
        if (!(warmUpSeconds >= 0 && warmUpSeconds < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(command.commandLine(), "--warm-up must not be negative: " + warmUpSeconds);
        }
        List<Benchmark> benchmarks = chosen();
        boolean startup = names.isEmpty() || names.contains(STARTUP);
        checkWritable(json);
        Interpreter other = new Interpreter(shortName(against), List.of(against));
        Environment environment = environment(other);
        Interpreter polyproc = new Interpreter("polyproc",
                List.of(property("polyproc.launcher"), environment.jit() ? "--jit" : "--no-jit"));
        int total = benchmarks.size() + (startup ? 1 : 0);
        progress = new BenchProgress(command.commandLine().getErr(), LauncherHost.isTerminal(2), total);
        Bench bench = new Bench(polyproc, other, rounds, warmUpSeconds, progress);
        List<Result> results = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            attempt(benchmark.name(), () -> {
                Result result = bench.measure(benchmark);
                results.add(result);
                return String.format(Locale.ROOT, "%.3f of the time of %s", result.ratio(), other.name());
            });
        }
        List<StartTime> startTimes = new ArrayList<>();
        if (startup) {
            attempt(STARTUP, () -> {
                startTimes.addAll(bench.measureStart(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
                return String.format(Locale.ROOT, "%.2f s", startTimes.getFirst().samples().median());
            });
        }
        print(new Report(environment, other.name(), rounds, warmUpSeconds, results, startTimes));
        return complete ? 0 : 1;
    }

    /** Measures something. Returns a few words about it. */
    @FunctionalInterface
    private interface Measurement {
        String run() throws IOException, InterruptedException;
    }

    /** Measures something; the others are measured also if that fails. */
    private void attempt(String name, Measurement measurement) throws IOException, InterruptedException {
        progress.begin(name);
        try {
            progress.end(measurement.run());
        } catch (BenchmarkException e) {
            progress.end("not measured");
            command.commandLine().getErr().println("polyproc: " + e.getMessage());
            complete = false;
        }
    }

    /** Finds out before the long wait, not after it, that a file can't be written. */
    private static void checkWritable(Path file) throws IOException {
        if (file != null && !Files.isWritable(file)) {
            try {
                Files.createFile(file);
            } catch (IOException e) {
                throw new IOException("the file can't be written: " + file, e);
            }
        }
    }

    private void print(Report report) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        out.print(report.render());
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json());
        }
    }

    private List<Benchmark> chosen() throws IOException {
        List<Benchmark> all = Benchmark.in(Path.of(property("polyproc.home"), "benchmarks"));
        List<String> known = new ArrayList<>(all.stream().map(Benchmark::name).toList());
        known.add(STARTUP);
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(command.commandLine(),
                        "there is no benchmark '" + name + "'; there are " + String.join(", ", known));
            }
        }
        return all.stream().filter(each -> names.isEmpty() || names.contains(each.name())).toList();
    }

    private Environment environment(Interpreter other) throws IOException, InterruptedException {
        String version = Environment.ask(other);
        boolean hasJit;
        try (PythonHost host = LauncherHost.builder(List.of()).out(OutputStream.nullOutputStream()).build()) {
            hasJit = host.hasJit();
        }
        return new Environment(Environment.describeMachine(), Environment.currentLoad(), Versions.polyproc(),
                Engine.class.getPackage().getImplementationVersion(), Runtime.version().toString(), hasJit, version);
    }

    /** Returns what a table calls an interpreter. */
    private static String shortName(String python) {
        Path file = Path.of(python).getFileName();
        return file == null ? python : file.toString();
    }

    private static String property(String name) throws IOException {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IOException("benchmarks need the launcher, ./polyproc: the JVM has no property " + name);
        }
        return value;
    }
}
