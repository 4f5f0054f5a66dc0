package org.polyproc.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * For one prefix of the reference: the place by which each line of the run is due, if the prefix is to be legal. A line that
 * the prefix demands is due at its place in the latest embedding of its process's demanded lines; any other line is never
 * due. Immutable after construction.
 */
final class Windows {

    private final Problem problem;
    private final Reach reach;
    private final int length;
    private final int[] due;
    private boolean refuted;

    /** Computes the windows for the reference's first {@code length} lines. */
    Windows(Problem problem, Reach reach, Occurrences occurrences, int length) {
        this.problem = problem;
        this.reach = reach;
        this.length = length;
        due = new int[problem.written().length];
        Arrays.fill(due, length);
        Reach.Demand demand = reach.demand(length);
        refuted = demand.ceiling() < length;
        if (!refuted) {
            embed(demand.must(), occurrences);
            refuted = !match();
        }
    }

    /** Whether the prefix is proven illegal. False does not mean that it is legal. */
    boolean refuted() {
        return refuted;
    }

    /** The last place at which a line can come; the length of the prefix if the line need not come. */
    int due(int line) {
        return due[line];
    }

    /** Demanded lines have come, so their earliest embedding fits into the prefix, and hence a latest one exists. */
    private void embed(int[] must, Occurrences occurrences) {
        for (int process = 0; process < must.length; process++) {
            int to = length;
            for (int line = must[process] - 1; line >= problem.starts()[process]; line--) {
                to = occurrences.before(problem.written()[line], to);
                due[line] = to;
            }
        }
    }

    /**
     * Tries to match places with lines of the same text, each line between its earliest place and its due one. The order of
     * a process's lines is ignored, which makes earliest-due-first exact: where it finds no matching, there is none. Texts
     * of one process need no matching, because the embedding settles them.
     */
    private boolean match() {
        boolean[] shared = sharedTexts();
        Map<Integer, PriorityQueue<Integer>> waiting = new HashMap<>();
        for (int place = 0; place < length; place++) {
            int text = problem.reference()[place];
            if (!shared[text]) {
                continue;
            }
            PriorityQueue<Integer> dues = waiting.computeIfAbsent(text, _ -> new PriorityQueue<>());
            for (int line = reach.firstAt(place); line >= 0; line = reach.nextAt(line)) {
                dues.add(due[line]);
            }
            Integer first = dues.poll();
            if (first == null || first < place) {
                return false;
            }
        }
        return waiting.values().stream().allMatch(dues -> dues.isEmpty() || dues.peek() == length);
    }

    private boolean[] sharedTexts() {
        boolean[] shared = new boolean[problem.texts()];
        int[] writer = new int[problem.texts()];
        Arrays.fill(writer, -1);
        for (int process = 0; process < problem.processes(); process++) {
            for (int line = problem.starts()[process]; line < problem.starts()[process + 1]; line++) {
                int text = problem.written()[line];
                shared[text] |= writer[text] >= 0 && writer[text] != process;
                writer[text] = process;
            }
        }
        return shared;
    }
}
