package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyproc.compare.Comparison;
import org.polyproc.compare.HtmlReports;
import org.polyproc.compare.Lines;
import org.polyproc.compare.SideBySide;
import org.polyproc.compare.Verdict;

/** Compares every script of {@code python-scripts/} with its expected output. */
class ScriptsTest {

    private static final Path FOLDER = Path.of("python-scripts");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".py")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsWhatIsExpected(Path script) throws Exception {
        String name = script.getFileName().toString().replaceFirst("\\.py$", "");
        Path input = FOLDER.resolve(name + ".stdin.txt");
        TestHost.Result result = TestHost.run(
                PythonProgram.script(script), Files.exists(input) ? Files.readString(input) : "");
        String expected = Files.readString(FOLDER.resolve(name + ".expected.txt"));
        Verdict verdict = Comparison.compare(Lines.split(expected), result.lines());
        assertInstanceOf(Verdict.Equivalent.class, verdict, () -> SideBySide.DEFAULT.render(verdict) + result.err());
        assertEquals(0, result.status().exitCode(), result.err());
        HtmlReports.check(verdict, Lines.split(expected), result.lines());
    }
}
