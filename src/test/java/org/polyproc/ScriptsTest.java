package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyproc.compare.Comparison;
import org.polyproc.compare.HtmlReports;
import org.polyproc.compare.Lines;
import org.polyproc.compare.SideBySide;
import org.polyproc.compare.Verdict;

/**
 * Compares every script of {@code python-scripts/} with its expected output. Where processes don't write at the same time, the
 * primitive that the script shows fixes the order of all lines, so no other order passes.
 */
class ScriptsTest {

    private static final Path FOLDER = Path.of("python-scripts");

    /** Scripts whose processes may write in more than one order. */
    private static final Set<String> MANY_ORDERS = Set.of(
            "01_process", "07_event", "08_barrier", "21_listener", "day37_lock_shared_memory", "mistake_deadlock");

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
        Verdict.Equivalent equivalent = assertInstanceOf(
                Verdict.Equivalent.class, verdict, () -> SideBySide.DEFAULT.render(verdict) + result.err());
        assertTrue(equivalent.sameOrder() || MANY_ORDERS.contains(name), () -> "another order:\n" + result.out());
        assertEquals(0, result.status().exitCode(), result.err());
        HtmlReports.check(verdict, Lines.split(expected), result.lines());
    }

    @Test
    void theReadmeHasALineForEachScriptAndNoOther() throws IOException {
        List<String> scripts = scripts().stream().map(script -> script.getFileName().toString()).toList();
        List<String> lines = Pattern.compile("^\\| `(\\w+\\.py)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(FOLDER.resolve("README.md"))).results().map(line -> line.group(1)).sorted().toList();
        assertEquals(scripts, lines);
    }}
