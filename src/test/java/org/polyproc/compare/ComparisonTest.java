package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.compare.Runs.TUTORIAL;
import static org.polyproc.compare.Runs.line;
import static org.polyproc.compare.Runs.lines;
import static org.polyproc.compare.Runs.processes;
import static org.polyproc.compare.Runs.texts;
import static org.polyproc.compare.Runs.tutorial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void theTutorialInTheSameOrder() {
        Verdict verdict = Comparison.compare(TUTORIAL, tutorial());
        assertEquals("equivalent: 25 lines of 3 processes, in the same order", verdict.summary());
        assertTrue(assertInstanceOf(Verdict.Equivalent.class, verdict).sameOrder());
    }

    @Test
    void theTutorialInterleavedDifferently() {
        List<OutputLine> run = tutorial();
        run.sort(Comparator.comparingInt(line -> -line.pid()));
        Verdict.Equivalent verdict = assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(TUTORIAL, run));
        assertFalse(verdict.sameOrder());
        assertEquals(tutorial(), verdict.arrangement().followed());
        assertEquals(List.of(), verdict.arrangement().rest());
        assertEquals("equivalent: 25 lines of 3 processes, interleaved differently", verdict.summary());
    }

    @Test
    void aMissingLine() {
        List<OutputLine> run = tutorial();
        run.remove(9);
        Verdict.Different verdict = different(TUTORIAL, run);
        assertEquals(9, verdict.arrangement().length());
        assertEquals(Optional.of("add1 number = 3"), verdict.arrangement().expected());
        assertEquals(List.of(line(101, "###########add1 has added#######"), line(102, "init add3 number = 5")),
                verdict.arrangement().next());
        assertEquals(Map.of("add1 number = 3", 1), verdict.missing());
        assertEquals(Map.of(), verdict.extra());
        assertTrue(verdict.longest());
        assertEquals("different at line 10 of the reference: expected \"add1 number = 3\", next in Process-1: "
                + "\"###########add1 has added#######\"; no process can write it", verdict.summary());
    }

    @Test
    void anExtraLineAmongOthers() {
        List<OutputLine> run = tutorial();
        run.add(5, line(101, "debug"));
        Verdict.Different verdict = different(TUTORIAL, run);
        assertEquals(5, verdict.arrangement().length());
        assertEquals(Map.of(), verdict.missing());
        assertEquals(Map.of("debug", 1), verdict.extra());
        assertEquals("different at line 6 of the reference: expected \"add1 number = 1\", next in Process-1: \"debug\"; "
                + "no process can write it", verdict.summary());
    }

    @Test
    void extraLinesAtTheEnd() {
        Verdict.Different verdict = different(lines("a b"), processes("a x", "b x"));
        assertEquals(2, verdict.arrangement().length());
        assertEquals(Optional.empty(), verdict.arrangement().expected());
        assertEquals(Map.of("x", 2), verdict.extra());
        assertEquals("different at the end of the reference (2 lines): the run has 2 more, next in Process-1: \"x\"",
                verdict.summary());
    }

    @Test
    void theRunEndsEarly() {
        Verdict.Different verdict = different(lines("a b c"), processes("a", "b"));
        assertEquals(2, verdict.arrangement().length());
        assertEquals(List.of(), verdict.arrangement().next());
        assertEquals("different at line 3 of the reference: expected \"c\", but the run has no more lines",
                verdict.summary());
    }

    @Test
    void swappedLinesInOneProcess() {
        List<OutputLine> run = tutorial();
        Collections.swap(run, 5, 7);
        Verdict.Different verdict = different(TUTORIAL, run);
        assertEquals(5, verdict.arrangement().length());
        assertEquals(Map.of(), verdict.missing());
        assertEquals(Map.of(), verdict.extra());
        assertEquals("different at line 6 of the reference: expected \"add1 number = 1\", next in Process-1: "
                + "\"add1 number = 2\"; no process can write it", verdict.summary());
    }

    @Test
    void theSameLinesOfAnotherProcessAreNoDifference() {
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(lines("a b c"), processes("c", "a b")));
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(lines("a b c"), processes("a c", "b")));
        assertInstanceOf(Verdict.Different.class, Comparison.compare(lines("a b c"), processes("a c b")));
    }

    @Test
    void emptyOutputs() {
        Verdict verdict = Comparison.compare(List.of(), List.of());
        assertEquals("equivalent: neither the reference nor the run has lines", verdict.summary());

        Verdict.Different silent = different(List.of("a"), List.of());
        assertEquals(0, silent.arrangement().length());
        assertEquals(Map.of("a", 1), silent.missing());
        assertEquals("different at line 1 of the reference: expected \"a\", but the run has no more lines",
                silent.summary());

        Verdict.Different talking = different(List.of(), List.of(line(101, "a")));
        assertEquals(Map.of("a", 1), talking.extra());
        assertEquals("different at the end of the reference (0 lines): the run has 1 more, next in Process-1: \"a\"",
                talking.summary());
    }

    @Test
    void sixteenProcessesWithTheSameLinesAreDecidedAtOnce() {
        List<String> output = new ArrayList<>(List.of("start"));
        output.addAll(Collections.nCopies(100, "working"));
        output.add("done");
        List<OutputLine> run = Runs.blocks(Collections.nCopies(16, output));
        List<String> reference = new ArrayList<>(texts(run));
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(sorted(reference), run));
        // One process cannot have worked and be done before it starts.
        Collections.swap(reference, reference.indexOf("start"), reference.size() - 1);
        assertInstanceOf(Verdict.Different.class, Comparison.compare(reference, run, 10_000));
    }

    @Test
    void symmetricalProcessesDoNotMultiplyTheSearch() {
        List<OutputLine> run = Runs.blocks(Collections.nCopies(16, lines("a b a c")));
        // Half the processes at their first a, half at their second; then one b more than the first half can write.
        String reference = "a b ".repeat(8) + "a ".repeat(8) + "a b ".repeat(8) + "a c ".repeat(8) + "c ".repeat(8);
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(lines(reference), run, 1_000));
        String illegal = "a b ".repeat(8) + "a ".repeat(8) + "b ".repeat(8) + "c ".repeat(9) + "a ".repeat(16) + "c ".repeat(7);
        assertInstanceOf(Verdict.Different.class, Comparison.compare(lines(illegal), run, 1_000));
    }

    @Test
    void aWrongFirstChoiceIsTakenBack() {
        // Nothing tells which process writes the first a; if it is Process-1, nobody can write the first c.
        List<OutputLine> run = processes("a b a c", "a b b c");
        List<String> reference = lines("a b a b c b a c");
        assertInstanceOf(Verdict.Undecided.class, Comparison.compare(reference, run, reference.size()));
        Verdict.Equivalent verdict = assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(reference, run));
        assertEquals(reference, texts(verdict.arrangement().followed()));
    }

    @Test
    void wrongChoicesDoNotMultiply() {
        // The same trap a hundred times: 2^100 ways for a search that forgets what failed.
        List<OutputLine> run = processes("a b a c ".repeat(100), "a b b c ".repeat(100));
        List<String> reference = lines("a b a b c b a c ".repeat(100));
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(reference, run, 50_000));
        List<String> illegal = new ArrayList<>(reference);
        Collections.swap(illegal, 798, 799);
        assertInstanceOf(Verdict.Different.class, Comparison.compare(illegal, run, 50_000));
    }

    @Test
    void aDifferenceThatCountingCannotSee() {
        // Each process's own lines occur in this order, but after "a b" no c can come before the second a.
        Verdict.Different verdict = different(lines("a b b a c c"), processes("a b c", "a b c"));
        assertEquals(2, verdict.arrangement().length());
        assertTrue(verdict.longest());
    }

    @Test
    void aSearchThatReachesItsLimitSaysSo() {
        List<OutputLine> run = processes("c a c b", "c a a b");
        Verdict.Undecided verdict =
                assertInstanceOf(Verdict.Undecided.class, Comparison.compare(lines("c a c a b a c b"), run, 5));
        assertEquals(4, verdict.arrangement().length());
        assertEquals("undecided: the search ended at its limit of 5 states; reference and run have the same lines, "
                + "and the first 4 of 8 lines can be followed", verdict.summary());
    }

    @Test
    void aDifferenceIsProvenEvenIfTheLongestPrefixIsNot() {
        List<OutputLine> run = processes("c a c b x", "c a a b");
        Verdict.Different verdict =
                assertInstanceOf(Verdict.Different.class, Comparison.compare(lines("c a c a b a c b y"), run, 5));
        assertFalse(verdict.longest());
        assertEquals(4, verdict.arrangement().length());
        assertEquals("different at line 5 of the reference: expected \"b\", next in Process-1: \"c\"; the search ended at "
                + "its limit before it knew whether another order reaches further", verdict.summary());
        Verdict.Different searched = different(lines("c a c a b a c b y"), run);
        assertTrue(searched.longest());
        assertEquals(8, searched.arrangement().length());
    }

    @Test
    void theLimitMustBePositive() {
        Exception refused = assertThrows(IllegalArgumentException.class,
                () -> Comparison.compare(List.of(), List.of(), 0));
        assertEquals("the limit of a search must be positive: limit=0", refused.getMessage());
    }

    private static Verdict.Different different(List<String> reference, List<OutputLine> run) {
        return assertInstanceOf(Verdict.Different.class, Comparison.compare(reference, run));
    }

    /** All starts, then all working, then all done. */
    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted(Comparator.comparingInt(List.of("start", "working", "done")::indexOf)).toList();
    }
}
