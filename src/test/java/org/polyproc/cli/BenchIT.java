package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures benchmarks as a user does, after the build. */
class BenchIT {

    @TempDir
    private Path folder;

    private record Result(int status, String out, String err) {
    }

    private Result bench(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of("polyproc").toAbsolutePath().toString(), "bench"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int status = builder.start().waitFor();
        return new Result(status, Files.readString(out), Files.readString(err));
    }

    @Test
    void aBenchmarkIsMeasuredOnBothInterpreters() throws Exception {
        assumeTrue(Reference.find("python3") != null, "python3 is not installed, so there is nothing to compare with");
        Path json = folder.resolve("bench.json");
        Result result = bench("value_increment", "--no-jit", "--rounds", "1", "--warm-up", "0", "--json", json.toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("JIT off"), result.out());
        assertTrue(result.out().lines().anyMatch(line -> line.startsWith("value_increment")), result.out());
        assertTrue(result.err().matches("\\[ 1/1\\] value_increment: [0-9.]+ of the time of python3\n"), result.err());
        assertTrue(Files.readString(json).contains("\"name\": \"value_increment\""), result.out());
    }

    /** What passes for a Python until it has to run a script. */
    private Path brokenPython() throws IOException {
        Path python = Files.writeString(folder.resolve("broken"), """
                #!/bin/sh
                [ "$1" != -c ] || exec echo CPython 3.0
                echo broken for ever >&2
                exit 4
                """);
        assertTrue(python.toFile().setExecutable(true));
        return python;
    }

    @Test
    void aBenchmarkThatFailsIsOneSentence() throws Exception {
        Result result = bench("lock", "--no-jit", "--rounds", "1", "--warm-up", "0", "--against", brokenPython().toString());
        assertEquals(1, result.status());
        assertEquals("""
                [ 1/1] lock: not measured
                polyproc: lock failed on broken with exit status 4: broken for ever
                """, result.err());
        assertTrue(result.out().contains("against   broken, CPython 3.0"), result.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2 | --no-jit none | there is no benchmark 'none'; there are array_negate, array_slices, lock, ",
        "2 | --no-jit --rounds 0 | --rounds must be positive: 0 (see ",
        "2 | --no-jit --warm-up -1 | --warm-up must not be negative: -1.0 (see ",
        "1 | --no-jit --against no-such-python lock | the interpreter to compare with can't be started: no-such-python",
        "1 | --no-jit --against false lock | what is to be compared with does not behave as a Python 3: false (exit status 1)",
        "1 | --no-jit --json /no/such/file lock | the file can't be written: /no/such/file",
    })
    void whatCannotBeMeasuredIsOneSentence(int status, String arguments, String message) throws Exception {
        Result result = bench(arguments.split(" "));
        assertEquals(status, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("polyproc: " + message), result.err());
    }
}
