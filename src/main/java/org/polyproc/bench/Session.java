package org.polyproc.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A benchmark in an interpreter that was started for it: it warms up, and then measures a round whenever it is asked to. Between
 * two rounds it waits for standard input and does nothing. Not thread-safe.
 */
final class Session implements AutoCloseable {

    private final Benchmark benchmark;
    private final Interpreter interpreter;
    private final Path errors;
    private final Process process;
    /** Lets no interpreter outlive this JVM. */
    private final Thread atExit = new Thread(this::kill);
    private final BufferedReader results;
    private final Writer requests;

    /**
     * Starts the interpreter.
     *
     * @param warmUpSeconds how long the benchmark warms up at least
     */
    Session(Benchmark benchmark, Interpreter interpreter, double warmUpSeconds) throws IOException {
        this.benchmark = benchmark;
        this.interpreter = interpreter;
        errors = Files.createTempFile("benchmark", ".err");
        ProcessBuilder builder = new ProcessBuilder(interpreter.command(
                benchmark.script().toString(), "--in-turns", "--warm-up", String.valueOf(warmUpSeconds)));
        builder.redirectError(errors.toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            Files.delete(errors);
            throw new BenchmarkException(interpreter.name() + " can't be started: " + interpreter.command().getFirst());
        }
        Runtime.getRuntime().addShutdownHook(atExit);
        results = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Waits until the benchmark is warm. Returns what it says of itself. */
    Map<String, Object> awaitWarmUp() throws IOException, InterruptedException {
        return nextLine("title", "bar");
    }

    /** Measures a round. Returns the time of one operation, in seconds. */
    double round() throws IOException, InterruptedException {
        try {
            requests.write("\n");
            requests.flush();
        } catch (IOException e) {
            throw failure();
        }
        Map<String, Object> round = nextLine("operations", "seconds");
        return (Double) round.get("seconds") / (Double) round.get("operations");
    }

    private Map<String, Object> nextLine(String first, String second) throws IOException, InterruptedException {
        String line = results.readLine();
        if (line == null) {
            throw failure();
        }
        try {
            Map<String, Object> fields = Json.read(line);
            if (fields.get(first) != null && fields.get(second) instanceof Double) {
                return fields;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new BenchmarkException(benchmark.name() + " printed what is no result on " + interpreter.name() + ": " + line);
    }

    private BenchmarkException failure() throws IOException, InterruptedException {
        int status = process.waitFor();
        String reason = Files.readString(errors).lines().filter(line -> !line.isBlank()).reduce("nothing on standard error",
                (before, line) -> line.strip());
        return new BenchmarkException(
                benchmark.name() + " failed on " + interpreter.name() + " with exit status " + status + ": " + reason);
    }

    /** Lets the benchmark end. */
    void finish() throws IOException, InterruptedException {
        requests.close();
        if (process.waitFor() != 0) {
            throw failure();
        }
    }

    /** Ends what has not ended, and forgets what was printed. */
    @Override
    public void close() throws IOException {
        kill();
        Files.delete(errors);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // It is running: this JVM ends.
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
