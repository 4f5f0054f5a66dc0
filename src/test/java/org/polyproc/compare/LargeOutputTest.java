package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand lines. The time limits are wide: they catch what is not linear, not what is slow. */
@Timeout(30)
class LargeOutputTest {

    private static final int LINES = 100_000;
    private final Random random = new Random(7);

    @Test
    void linesThatNameTheirProcess() {
        List<List<String>> outputs = workers(8, LINES / 8);
        Verdict verdict = Comparison.compare(reference(outputs), Runs.shuffled(outputs, random));
        assertEquals("equivalent: 100,000 lines of 8 processes, interleaved differently", verdict.summary());
    }

    @Test
    void twoLinesSwapped() {
        List<List<String>> outputs = workers(8, LINES / 8);
        List<String> reference = reference(outputs);
        int place = reference.indexOf("worker 3 step 9001");
        Collections.swap(reference, place, reference.indexOf("worker 3 step 9003"));
        Verdict.Different verdict = different(reference, Runs.shuffled(outputs, random));
        assertEquals(place, verdict.arrangement().length());
        assertTrue(verdict.longest());
    }

    @Test
    void aMissingLine() {
        List<List<String>> outputs = workers(8, LINES / 8);
        List<String> reference = reference(outputs);
        List<OutputLine> run = new ArrayList<>(Runs.shuffled(outputs, random));
        String text = reference.get(70_000);
        run.remove(Runs.texts(run).indexOf(text));
        assertEquals(List.of(text), List.copyOf(different(reference, run).missing().keySet()));
    }

    @Test
    void oneTextOnly() {
        List<List<String>> outputs = new ArrayList<>(Collections.nCopies(4, Collections.nCopies(LINES / 4, "tick")));
        outputs.add(List.of("first", "last"));
        List<String> reference = reference(outputs);
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(reference, Runs.blocks(outputs)));
        reference.remove("tick");
        assertEquals(LINES + 1, different(reference, Runs.blocks(outputs)).arrangement().length());
    }

    @Test
    void everyLineAnotherProcess() {
        List<List<String>> outputs = IntStream.range(0, LINES).mapToObj(i -> List.of("job " + i % 1000)).toList();
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(reference(outputs), Runs.blocks(outputs)));
    }

    private List<String> reference(List<List<String>> outputs) {
        return new ArrayList<>(Runs.texts(Runs.shuffled(outputs, random)));
    }

    /** Every fourth line is a ruler that all processes share. */
    private static List<List<String>> workers(int processes, int lines) {
        return IntStream.range(0, processes).mapToObj(process -> IntStream.range(0, lines)
                .mapToObj(step -> step % 4 == 0 ? "-----" : "worker " + process + " step " + step).toList()).toList();
    }

    private static Verdict.Different different(List<String> reference, List<OutputLine> run) {
        return assertInstanceOf(Verdict.Different.class, Comparison.compare(reference, run));
    }
}
