package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cases that a plainer search does not decide within the limit, each for one part of the search. */
class SearchTest {

    private static final long LIMIT = 100_000;

    @Test
    void rememberingWhatFailedDecidesOutputsOfFewTexts() {
        for (int seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            List<List<String>> outputs = outputs(random, 6, 30, 3);
            decide(Runs.texts(Runs.shuffled(outputs, random)), outputs);
        }
    }

    @Test
    void preferringTheSameProcessDecidesBlocks() {
        for (int seed = 1; seed <= 10; seed++) {
            List<List<String>> outputs = outputs(new Random(seed), 6, 30, 3);
            decide(Runs.texts(Runs.blocks(outputs.reversed())), outputs);
        }
    }

    @Test
    void preferringShortRunsDecidesEqualProcessesOfDifferentSpeed() {
        List<String> output = new ArrayList<>(List.of("start"));
        output.addAll(Collections.nCopies(100, "working"));
        output.add("done");
        List<String> reference = new ArrayList<>();
        for (int tick = 1; reference.size() < 16 * output.size(); tick++) {
            for (int process = 1; process <= 16; process++) {
                if (tick % process == 0 && tick / process <= output.size()) {
                    reference.add(output.get(tick / process - 1));
                }
            }
        }
        decide(reference, Collections.nCopies(16, output));
    }

    @Test
    void linesThatAreDueDecideOutputsWithFewMarks() {
        for (int seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            List<List<String>> outputs = new ArrayList<>();
            for (List<String> shared : outputs(random, 8, 250, 3)) {
                String mark = "process " + outputs.size() + " step ";
                List<String> output = new ArrayList<>();
                shared.forEach(text -> output.add(random.nextInt(5) == 0 ? mark + output.size() : text));
                outputs.add(output);
            }
            decide(Runs.texts(Runs.shuffled(outputs, random)), outputs);
        }
    }

    @Test
    void matchingWindowsRefutesWhatNoProcessAloneShows() {
        // Each process finds room for its ticks between its marks, but all three together do not.
        String ticks = "tick ".repeat(100);
        List<OutputLine> run = Runs.processes("begin1 " + ticks + "end1", "begin2 " + ticks + "end2",
                "begin3 " + ticks + "end3", ticks + ticks, ticks + ticks + "bye");
        List<String> reference = Runs.lines(ticks.repeat(3) + "begin1 begin2 begin3 " + "tick ".repeat(299)
                + "end1 end2 end3 bye tick " + ticks);
        Verdict.Different verdict =
                assertInstanceOf(Verdict.Different.class, Comparison.compare(reference, run, LIMIT));
        assertEquals(reference.indexOf("end3"), verdict.arrangement().length());
    }

    private static void decide(List<String> reference, List<List<String>> outputs) {
        assertInstanceOf(Verdict.Equivalent.class, Comparison.compare(reference, Runs.blocks(outputs), LIMIT));
    }

    private static List<List<String>> outputs(Random random, int processes, int lines, int texts) {
        List<List<String>> outputs = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            outputs.add(random.ints(lines, 0, texts).mapToObj(text -> "t" + text).toList());
        }
        return outputs;
    }
}
