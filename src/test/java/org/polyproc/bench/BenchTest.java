package org.polyproc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters are scripts of the shell here. */
class BenchTest {

    @TempDir
    private Path folder;

    private final List<String> steps = new ArrayList<>();

    private static Interpreter shell(String name) {
        return new Interpreter(name, List.of("sh"));
    }

    private Result measure(String script, int rounds) throws Exception {
        Path file = Files.writeString(folder.resolve("b.py"), script);
        return new Bench(shell("one"), shell("two"), rounds, 0.5, steps::add).measure(new Benchmark("b", file));
    }

    @Test
    void interpretersTakeTurns() throws Exception {
        Path log = folder.resolve("log");
        Result result = measure("""
                echo "$@" >> LOG
                echo '{"title": "T", "bar": 0.5}'
                while read line; do
                    echo round >> LOG
                    echo '{"round": 1, "operations": 10, "seconds": 2.5}'
                done
                """.replace("LOG", log.toString()), 2);
        assertEquals(new Result("b", "T", 0.5, new Samples(List.of(0.25, 0.25)), new Samples(List.of(0.25, 0.25))), result);
        assertEquals(List.of("one warms up", "two warms up", "round 1 of 2", "round 2 of 2", "ends"), steps);
        assertEquals(List.of("--in-turns --warm-up 0.5", "--in-turns --warm-up 0.5", "round", "round", "round", "round"),
                Files.readAllLines(log));
    }

    private String failure(String script) {
        return assertThrows(BenchmarkException.class, () -> measure(script, 1)).getMessage();
    }

    @Test
    void aScriptThatFailsIsOneSentence() {
        assertEquals("b failed on one with exit status 0: nothing on standard error", failure("exit 0"));
        assertEquals("b failed on one with exit status 5: Why: that", failure("""
                echo '{"title": "T", "bar": 0.5}'
                read line
                printf 'Traceback\\n\\n  Why: that\\n' >&2
                exit 5
                """));
        assertEquals("b failed on one with exit status 6: nothing on standard error", failure("""
                echo '{"title": "T", "bar": 0.5}'
                while read line; do echo '{"operations": 1, "seconds": 1}'; done
                exit 6
                """));
    }

    @Test
    void outputThatIsNoResultIsQuoted() {
        assertEquals("b printed what is no result on one: hello", failure("echo hello"));
        assertEquals("b printed what is no result on one: {\"title\": \"T\"}", failure("echo '{\"title\": \"T\"}'"));
    }

    @Test
    void anInterpreterThatIsNotThereIsNamed() throws IOException {
        Interpreter missing = new Interpreter("three", List.of(folder.resolve("no-such").toString()));
        Path file = Files.writeString(folder.resolve("b.py"), "");
        assertEquals("three can't be started: " + folder.resolve("no-such"), assertThrows(BenchmarkException.class,
                () -> new Bench(missing, missing, 1, 0, steps::add).measure(new Benchmark("b", file))).getMessage());
        Interpreter fails = new Interpreter("f", List.of("false"));
        assertEquals("the interpreter to compare with can't be started: " + folder.resolve("no-such"),
                assertThrows(BenchmarkException.class, () -> Environment.ask(missing)).getMessage());
        assertEquals("what is to be compared with does not behave as a Python 3: false (exit status 1)",
                assertThrows(BenchmarkException.class, () -> Environment.ask(fails)).getMessage());
    }

    @Test
    void allScriptsButTheDriverAreBenchmarks() throws IOException {
        assertEquals("there are no benchmarks in " + folder,
                assertThrows(BenchmarkException.class, () -> Benchmark.in(folder)).getMessage());
        for (String name : List.of("driver.py", "z.py", "a.py", "readme.txt")) {
            Files.writeString(folder.resolve(name), "");
        }
        assertEquals(List.of("a", "z"), Benchmark.in(folder).stream().map(Benchmark::name).toList());
    }

    @Test
    void theDocsHaveEveryBenchmarkWithItsBar() throws IOException {
        String docs = Files.readString(Path.of("docs/benchmarks.md"));
        for (Benchmark benchmark : Benchmark.in(Path.of("benchmarks"))) {
            String script = Files.readString(benchmark.script());
            Matcher bar = Pattern.compile("driver\\.run\\(work, bar=([0-9.]+)[,)]").matcher(script);
            assertTrue(bar.find(), benchmark.name() + " has a bar");
            assertTrue(docs.lines().anyMatch(line -> line.startsWith("| ") && line.endsWith(" | " + bar.group(1) + " |")
                    && line.contains("`" + benchmark.name() + "`")), benchmark.name() + " is in the table, bar " + bar.group(1));
        }
        String example = "```python\n" + Files.readString(Path.of("benchmarks/lock.py")) + "```";
        assertTrue(docs.contains(example), "the example is a benchmark");
    }

    @Test
    void everyCommandThatIsStartedMustSucceed() throws Exception {
        Interpreter echo = new Interpreter("echo", List.of("echo"));
        List<StartTime> times = new Bench(echo, echo, 2, 0, steps::add).measureStart("true");
        assertEquals(List.of("echo", "echo", "java -version"), times.stream().map(StartTime::what).toList());
        assertEquals(2, times.getFirst().samples().seconds().size());
        assertEquals("startup failed on java -version with exit status 1", assertThrows(BenchmarkException.class,
                () -> new Bench(echo, echo, 1, 0, steps::add).measureStart("false")).getMessage());
    }
}
