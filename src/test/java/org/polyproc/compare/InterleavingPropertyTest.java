package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random outputs with fixed seeds; small ones are checked against a search by brute force. */
class InterleavingPropertyTest {

    @RepeatedTest(20)
    void anyInterleavingIsEquivalent(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 20; i++) {
            List<List<String>> outputs = Runs.random(random, 1 + random.nextInt(8), 40, 2 + random.nextInt(60));
            List<String> reference = Runs.texts(Runs.shuffled(outputs, random));
            List<OutputLine> run = Runs.shuffled(outputs, random);
            Verdict verdict = Comparison.compare(reference, run);
            assertInstanceOf(Verdict.Equivalent.class, verdict, () -> reference + " of " + run);
            assertFollows(verdict.arrangement(), run);
            assertEquals(reference.size(), verdict.arrangement().length());
        }
    }

    @Test
    void verdictAndLongestPrefixAgreeWithBruteForce() {
        Random random = new Random(1);
        int[] legalAndNot = new int[2];
        for (int i = 0; i < 20_000; i++) {
            List<List<String>> outputs = Runs.random(random, 1 + random.nextInt(4), 6, 1 + random.nextInt(5));
            List<OutputLine> run = Runs.shuffled(outputs, random);
            List<String> reference = new ArrayList<>(Runs.texts(Runs.shuffled(outputs, random)));
            disturb(reference, random);
            int longest = longestLegalPrefix(reference, outputs);
            boolean legal = longest == reference.size() && longest == run.size();

            Verdict verdict = Comparison.compare(reference, run);
            String input = reference + " of " + outputs + " is " + verdict;
            assertEquals(legal, verdict instanceof Verdict.Equivalent, input);
            assertEquals(!legal, verdict instanceof Verdict.Different, input);
            assertEquals(longest, verdict.arrangement().length(), input);
            assertFollows(verdict.arrangement(), run);
            if (verdict instanceof Verdict.Different different) {
                assertTrue(different.longest(), input);
                assertEquals(Lines.surplus(reference, Runs.texts(run)), different.missing(), input);
                assertEquals(Lines.surplus(Runs.texts(run), reference), different.extra(), input);
            }
            legalAndNot[legal ? 0 : 1]++;
        }
        assertTrue(legalAndNot[0] > 4_000 && legalAndNot[1] > 4_000, "one-sided: " + Arrays.toString(legalAndNot));
    }

    @Test
    void aSmallLimitNeverGivesAWrongAnswer() {
        Random random = new Random(2);
        int undecided = 0;
        for (int i = 0; i < 20_000; i++) {
            List<List<String>> outputs = Runs.random(random, 2 + random.nextInt(3), 6, 2 + random.nextInt(2));
            List<OutputLine> run = Runs.shuffled(outputs, random);
            List<String> reference = new ArrayList<>(Runs.texts(Runs.shuffled(outputs, random)));
            disturb(reference, random);
            int longest = longestLegalPrefix(reference, outputs);
            boolean legal = longest == reference.size() && longest == run.size();
            Verdict verdict = Comparison.compare(reference, run, 1 + random.nextInt(10));
            assertFollows(verdict.arrangement(), run);
            assertTrue(verdict.arrangement().length() <= longest);
            Optional<String> expected = verdict.arrangement().expected();
            assertTrue(verdict.arrangement().next().stream().noneMatch(line -> expected.equals(Optional.of(line.text()))),
                    "a process could go on");
            switch (verdict) {
                case Verdict.Equivalent _ -> assertTrue(legal);
                case Verdict.Different different -> {
                    assertFalse(legal);
                    assertTrue(!different.longest() || different.arrangement().length() == longest);
                }
                case Verdict.Undecided _ -> undecided++;
            }
        }
        assertTrue(undecided > 100, "hardly a limit: undecided=" + undecided);
    }

    /** Swaps two lines, drops one, doubles one, changes one, or does nothing. */
    private static void disturb(List<String> reference, Random random) {
        if (reference.size() < 2) {
            return;
        }
        int place = random.nextInt(reference.size());
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> Collections.swap(reference, place, random.nextInt(reference.size()));
            case 3 -> reference.remove(place);
            case 4 -> reference.add(random.nextInt(reference.size()), reference.get(place));
            case 5 -> reference.set(place, "t" + random.nextInt(6));
            default -> { }
        }
    }

    private static int longestLegalPrefix(List<String> reference, List<List<String>> outputs) {
        Set<List<Integer>> frontier = Set.of(Collections.nCopies(outputs.size(), 0));
        for (int place = 0; place < reference.size(); place++) {
            Set<List<Integer>> next = new HashSet<>();
            for (List<Integer> positions : frontier) {
                for (int process = 0; process < outputs.size(); process++) {
                    int position = positions.get(process);
                    if (position < outputs.get(process).size()
                            && outputs.get(process).get(position).equals(reference.get(place))) {
                        List<Integer> moved = new ArrayList<>(positions);
                        moved.set(process, position + 1);
                        next.add(moved);
                    }
                }
            }
            if (next.isEmpty()) {
                return place;
            }
            frontier = next;
        }
        return reference.size();
    }

    /** An arrangement holds the run's lines, each process's in its order, and its first part is the reference's. */
    private static void assertFollows(Arrangement arrangement, List<OutputLine> run) {
        assertEquals(arrangement.reference().subList(0, arrangement.length()), Runs.texts(arrangement.followed()));
        List<OutputLine> lines = arrangement.lines().toList();
        assertEquals(run.size(), lines.size());
        for (int pid : run.stream().mapToInt(OutputLine::pid).distinct().toArray()) {
            assertEquals(run.stream().filter(line -> line.pid() == pid).toList(),
                    lines.stream().filter(line -> line.pid() == pid).toList());
        }
    }
}
