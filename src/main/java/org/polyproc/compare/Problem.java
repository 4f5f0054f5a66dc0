package org.polyproc.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reference and run as numbers. Texts are numbered from 0, equal texts have equal numbers. The run's lines are numbered
 * process by process, so that the lines of one process follow each other:
 * <pre>
 *   line      0 1 2 | 3 4 5 6 | 7
 *   process   0       1         2      starts = 0 3 7 8
 * </pre>
 * The arrays are never written after construction.
 *
 * @param reference the text of each line of the reference
 * @param written   the text of each line of the run
 * @param starts    the first line of each process, and the number of all lines as an end mark
 * @param runIndex  the place of each line in the run
 * @param texts     the number of different texts
 */
record Problem(int[] reference, int[] written, int[] starts, int[] runIndex, int texts) {

    /** Numbers the texts and sorts the run's lines by process, in the order in which the processes first wrote. */
    static Problem of(List<String> reference, List<OutputLine> run) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] referenceTexts = reference.stream().mapToInt(text -> number(numbers, text)).toArray();
        Map<Integer, List<Integer>> byProcess = new LinkedHashMap<>();
        for (int i = 0; i < run.size(); i++) {
            byProcess.computeIfAbsent(run.get(i).pid(), _ -> new ArrayList<>()).add(i);
        }
        int[] starts = new int[byProcess.size() + 1];
        int[] runIndex = new int[run.size()];
        int process = 0;
        int line = 0;
        for (List<Integer> lines : byProcess.values()) {
            for (int index : lines) {
                runIndex[line++] = index;
            }
            starts[++process] = line;
        }
        int[] written = new int[run.size()];
        for (int i = 0; i < written.length; i++) {
            written[i] = number(numbers, run.get(runIndex[i]).text());
        }
        return new Problem(referenceTexts, written, starts, runIndex, numbers.size());
    }

    private static int number(Map<String, Integer> numbers, String text) {
        Integer known = numbers.putIfAbsent(text, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** The number of processes. */
    int processes() {
        return starts.length - 1;
    }

    /** The process of each line. */
    int[] writers() {
        int[] writers = new int[written.length];
        for (int process = 0; process < processes(); process++) {
            Arrays.fill(writers, starts[process], starts[process + 1], process);
        }
        return writers;
    }
}
