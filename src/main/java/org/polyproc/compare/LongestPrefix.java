package org.polyproc.compare;

import java.util.Arrays;

/**
 * Finds the longest prefix of the reference that is legal. A prefix of a legal prefix is legal, so this is a bisection: first
 * with the cheap necessary conditions, then with searches. Confined to one thread.
 */
final class LongestPrefix {

    private final Problem problem;
    private final Occurrences occurrences;
    private final Reach reach;
    private final Budget budget;
    private int[] lines = {};
    private int ceiling;

    private LongestPrefix(Problem problem, Budget budget) {
        this.problem = problem;
        this.budget = budget;
        occurrences = new Occurrences(problem.reference(), problem.texts());
        reach = new Reach(problem, occurrences);
    }

    /**
     * What was found.
     *
     * @param lines   the lines of the run that follow the reference, in its order
     * @param ceiling no prefix longer than this is legal; equal to the number of lines unless the budget was spent
     */
    record Found(int[] lines, int ceiling) {
    }

    /** Finds the longest legal prefix, or as much as the budget allows. */
    static Found find(Problem problem, Budget budget) {
        LongestPrefix prefix = new LongestPrefix(problem, budget);
        prefix.lowerCeiling();
        prefix.search();
        prefix.extend();
        return new Found(prefix.lines, prefix.ceiling);
    }

    private void lowerCeiling() {
        ceiling = reach.demand(problem.reference().length).ceiling();
        int low = 0;
        int probe = ceiling;
        while (low < ceiling) {
            if (windows(probe).refuted()) {
                ceiling = probe - 1;
            } else {
                low = probe;
            }
            probe = (low + ceiling + 1) >>> 1;
        }
    }

    private void search() {
        int probe = ceiling;
        while (lines.length < ceiling) {
            switch (search(probe)) {
                case REACHED -> probe = (probe + ceiling + 1) >>> 1;
                case REFUTED -> {
                    ceiling = probe - 1;
                    // Where a search gets stuck is most often where the reference stops being legal.
                    probe = lines.length + 1;
                }
                case UNDECIDED -> {
                    return;
                }
            }
        }
    }

    /**
     * Goes on from where the search ended, with any process that can go on. Without this, a search that ran into its limit
     * could stop where a process is about to write just the expected line.
     */
    private void extend() {
        int[] writers = problem.writers();
        int[] next = problem.starts().clone();
        for (int line : lines) {
            next[writers[line]]++;
        }
        int[] longer = Arrays.copyOf(lines, ceiling);
        int place = lines.length;
        while (place < ceiling) {
            int process = writerOf(problem.reference()[place], next);
            if (process < 0) {
                break;
            }
            longer[place++] = next[process]++;
        }
        lines = Arrays.copyOf(longer, place);
    }

    /** A process whose next line has a text; -1 if there is none. */
    private int writerOf(int text, int[] next) {
        for (int process = 0; process < problem.processes(); process++) {
            if (next[process] < problem.starts()[process + 1] && problem.written()[next[process]] == text) {
                return process;
            }
        }
        return -1;
    }

    private Search.Outcome search(int length) {
        Suffixes suffixes = new Suffixes(problem, reach, windows(length), length);
        Search search = new Search(problem, suffixes, length, budget);
        Search.Outcome outcome = search.run();
        int[] best = search.best();
        if (best.length > lines.length) {
            lines = suffixes.lines(problem, best);
        }
        return outcome;
    }

    private Windows windows(int length) {
        return new Windows(problem, reach, occurrences, length);
    }
}
