package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.compare.Runs.TUTORIAL;
import static org.polyproc.compare.Runs.line;
import static org.polyproc.compare.Runs.lines;
import static org.polyproc.compare.Runs.processes;
import static org.polyproc.compare.Runs.tutorial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void anEquivalentRunIsSummedUp() {
        assertEquals("equivalent: 25 lines of 3 processes, in the same order\n", render(TUTORIAL, tutorial()));
    }

    @Test
    void theTutorialWithAChangedLine() {
        List<OutputLine> run = tutorial();
        run.set(11, line(101, "add1 number = 5"));
        run.set(13, line(101, "add1 number = 6"));
        run.sort(Comparator.comparingInt(line -> -line.pid()));
        String report = SideBySide.DEFAULT.withContext(2, 4).render(Comparison.compare(TUTORIAL, run));
        assertEquals("""
                different at line 12 of the reference: expected "add1 number = 4", next in Process-1: "add1 number = 5"; \
                no process can write it

                   reference                          run
                … 9 equal lines …
                10 add1 number = 3                  │ Process-1 add1 number = 3
                11 ###########add1 has added####### │ Process-1 ###########add1 has added#######
                ── first difference ────────────────────────────────────────────────────────────
                12 add1 number = 4                  <
                13 ###########add1 has added####### <
                14 add1 number = 5                  │ Process-1 add1 number = 5
                15 init add3 number = 5             │ Process-2 init add3 number = 5
                16 ###########add3 has added####### │ Process-2 ###########add3 has added#######
                   … 9 more …                         … 11 more …

                next in each process:
                  Process-2 init add3 number = 5
                  Process-1 add1 number = 5

                1 line missing from the run:
                  1 × add1 number = 4

                1 line too many in the run:
                  1 × add1 number = 6
                """, report);
    }

    @Test
    void swappedLinesFallIntoStepAgain() {
        List<OutputLine> run = processes("a b c d e f", "x y z");
        Collections.swap(run, 2, 3);
        assertEquals("""
                different at line 4 of the reference: expected "c", next in Process-1: "d"; no process can write it

                  reference                          run
                1 a                                │ Process-1 a
                2 x                                │ Process-2 x
                3 b                                │ Process-1 b
                ── first difference ────────────────────────────────────────────────────────────
                4 c                                <
                5 d                                │ Process-1 d
                6 y                                │ Process-2 y
                                                   > Process-1 c
                7 e                                │ Process-1 e
                8 f                                │ Process-1 f
                9 z                                │ Process-2 z

                next in each process:
                  Process-1 d
                  Process-2 y
                """, render(lines("a x b c d y e f z"), run));
    }

    @Test
    void aLineSkippedOnOneSideIsDroppedOnTheOther() {
        List<OutputLine> run = processes("one # two # three # four #");
        Collections.swap(run, 0, 2);
        String report = render(lines("one # two # three # four #"), run);
        assertTrue(report.contains("""
                1 one                              <
                2 #                                <
                3 two                              │ Process-1 two
                4 #                                │ Process-1 #
                                                   > Process-1 one
                                                   > Process-1 #
                5 three                            │ Process-1 three
                """), report);
    }

    @Test
    void width40WithControlCharactersAndLongLines() {
        List<OutputLine> run = List.of(line(100, "ready\t\u001b[31m"), line(100, "x".repeat(50) + "1"),
                line(101, "bell \u0007"));
        String report = SideBySide.DEFAULT.withWidth(40)
                .render(Comparison.compare(List.of("ready\t\u001b[31m", "x".repeat(50) + "2"), run));
        assertEquals("""
                different at line 2 of the reference: expected "…xxxxxxxxxxxxxxxxxxxx2", next in MainProcess: \
                "…xxxxxxxxxxxxxxxxxxxx1"; no process can write it

                  reference      run
                1 ready\\t\\x1b… │ …inProcess ready\\t\\x1b…
                ── first difference ────────────────────
                2 …xxxx2       ≠ …inProcess …xxxx1
                               > Process-1  bell \\x07

                next in each process:
                  …inProcess xxxxxxxxxxxxxxxxxxxxxxxxxx…
                  Process-1 bell \\x07

                1 line missing from the run:
                  1 × xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

                2 lines too many in the run:
                  1 × xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
                  1 × bell \\x07
                """, report);
    }

    @Test
    void anUndecidedRunShowsHowFarTheSearchCame() {
        Verdict verdict = Comparison.compare(lines("c a c a b a c b"), processes("c a c b", "c a a b"), 5);
        String report = SideBySide.DEFAULT.withContext(1, 0).render(verdict);
        assertTrue(report.startsWith("undecided: "), report);
        assertTrue(report.contains("… 3 equal lines …\n4 a "), report);
        assertTrue(report.contains("── where the search ended ──"), report);
    }

    @Test
    void processesWithOneNameAreToldApartByTheirPids() {
        List<OutputLine> run = List.of(new OutputLine(7, "worker", "a"), new OutputLine(8, "worker", "b"));
        String report = render(List.of("b", "c"), run);
        assertTrue(report.contains("│ worker/8 b"), report);
        assertTrue(report.contains("next in worker/7: \"a\""), report);
    }

    @Test
    void colourOnlyOnRequest() {
        List<OutputLine> run = processes("a b", "c x");
        Verdict verdict = Comparison.compare(lines("a b c d"), run);
        String plain = SideBySide.DEFAULT.render(verdict);
        String coloured = SideBySide.DEFAULT.withColour(true).render(verdict);
        assertFalse(plain.contains("\u001b"), plain);
        assertEquals(plain, coloured.replaceAll("\u001b\\[\\d+m", ""));
        assertTrue(coloured.contains("\u001b[36mProcess-1\u001b[0m \u001b[36ma\u001b[0m\n"), coloured);
        assertTrue(coloured.contains("\u001b[32mProcess-2\u001b[0m \u001b[31mx\u001b[0m\n"), coloured);
        assertTrue(coloured.contains("\u001b[31m── first difference"), coloured);
    }

    @Test
    void rowsFitTheWidthWhateverTheLinesHold() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            int width = 40 + random.nextInt(60);
            List<OutputLine> run = new ArrayList<>();
            for (int line = random.nextInt(30); line > 0; line--) {
                int pid = random.nextInt(4);
                run.add(new OutputLine(pid, "p\t".repeat(pid * 3), text(random)));
            }
            List<String> reference = new ArrayList<>(Runs.texts(run));
            Collections.shuffle(reference.subList(reference.size() / 2, reference.size()), random);
            reference.add(text(random));
            String report = SideBySide.DEFAULT.withWidth(width).render(Comparison.compare(reference, run));
            report.lines().skip(1).forEach(row -> assertTrue(Visible.columns(row) <= width, row));
            assertTrue(report.chars().noneMatch(c -> c < ' ' && c != '\n'), report);
        }
    }

    @Test
    void listsAreBounded() {
        List<String> reference = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            reference.add("line " + i);
        }
        String report = render(reference, List.of());
        assertTrue(report.contains("\n2,000 lines missing from the run:\n  1 × line 0\n"), report);
        assertTrue(report.endsWith("  1 × line 4\n  … 1,995 more …\n"), report);
        assertTrue(report.contains("\n   … 1,989 more …\n"), report);
    }

    @Test
    void optionsAreChecked() {
        Exception narrow = assertThrows(IllegalArgumentException.class, () -> SideBySide.DEFAULT.withWidth(39));
        assertEquals("the width must be at least 40 columns: width=39", narrow.getMessage());
        Exception negative = assertThrows(IllegalArgumentException.class, () -> SideBySide.DEFAULT.withContext(5, -1));
        assertEquals("the numbers of rows must not be negative: before=5 after=-1", negative.getMessage());
    }

    private static String render(List<String> reference, List<OutputLine> run) {
        return SideBySide.DEFAULT.render(Comparison.compare(reference, run));
    }

    private static String text(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "\u001b[" + random.nextInt(9) + "m\t";
            case 1 -> "x".repeat(random.nextInt(200)) + random.nextInt(9);
            case 2 -> "";
            default -> "line " + random.nextInt(9);
        };
    }
}
