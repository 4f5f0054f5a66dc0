package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the Python test files, each as a program of its own. They pass on CPython too, which keeps them honest. */
class PythonTestsTest {

    private static final Path FOLDER = Path.of("src/test/python");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("test_.*\\.py")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void passes(Path file) throws InterruptedException {
        TestHost.Result result = TestHost.run(PythonProgram.script(file));
        assertEquals(0, result.status().exitCode(), result.err());
    }
}
