package org.polyproc.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures benchmarks on polyproc and on another interpreter, which take turns, so that whatever else the machine does slows both
 * of them.
 *
 * @param polyproc      runs scripts on polyproc
 * @param other         the interpreter that it is compared with
 * @param rounds        how many rounds each of them measures
 * @param warmUpSeconds how long each of them warms up at least, in seconds
 * @param progress      is told what is done
 */
public record Bench(Interpreter polyproc, Interpreter other, int rounds, double warmUpSeconds, Progress progress) {

    /** Is told what is done. */
    public interface Progress {
        /** Takes a few words that hold until the next call. */
        void step(String what);
    }

    /**
     * Measures a benchmark.
     *
     * @throws BenchmarkException if an interpreter can't be started or the script fails
     */
    public Result measure(Benchmark benchmark) throws IOException, InterruptedException {
        try (Session ours = new Session(benchmark, polyproc, warmUpSeconds)) {
            Map<String, Object> header = warm(ours, polyproc);
            try (Session theirs = new Session(benchmark, other, warmUpSeconds)) {
                warm(theirs, other);
                List<Double> ourTimes = new ArrayList<>();
                List<Double> theirTimes = new ArrayList<>();
                for (int round = 1; round <= rounds; round++) {
                    progress.step("round " + round + " of " + rounds);
                    ourTimes.add(ours.round());
                    theirTimes.add(theirs.round());
                }
                progress.step("ends");
                ours.finish();
                theirs.finish();
                return new Result(benchmark.name(), header.get("title").toString(), (Double) header.get("bar"),
                        new Samples(ourTimes), new Samples(theirTimes));
            }
        }
    }

    private Map<String, Object> warm(Session session, Interpreter interpreter) throws IOException, InterruptedException {
        progress.step(interpreter.name() + " warms up");
        return session.awaitWarmUp();
    }

    /**
     * Measures how long a short program takes on polyproc and on the other interpreter, and how long a JVM that does nothing.
     *
     * @param java the {@code java} command
     * @throws BenchmarkException if a command fails
     */
    public List<StartTime> measureStart(String java) throws IOException, InterruptedException {
        String[] program = {"-c", "import multiprocessing; print(1)"};
        List<String> names = List.of(polyproc.name(), other.name(), "java -version");
        List<List<String>> commands = List.of(polyproc.command(program), other.command(program), List.of(java, "-version"));
        List<List<Double>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        // The first round fills the machine's caches.
        for (int round = 0; round <= rounds; round++) {
            progress.step(round == 0 ? "warms up" : "round " + round + " of " + rounds);
            for (int i = 0; i < commands.size(); i++) {
                double seconds = wallTime(names.get(i), commands.get(i));
                if (round > 0) {
                    times.get(i).add(seconds);
                }
            }
        }
        List<StartTime> result = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            result.add(new StartTime(names.get(i), new Samples(times.get(i))));
        }
        return result;
    }

    private static double wallTime(String name, List<String> command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process;
        try {
            process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new BenchmarkException(name + " can't be started: " + command.getFirst());
        }
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new BenchmarkException("startup failed on " + name + " with exit status " + status);
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            process.destroyForcibly();
        }
    }
}
