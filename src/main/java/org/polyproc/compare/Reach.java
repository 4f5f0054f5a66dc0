package org.polyproc.compare;

import java.util.Arrays;

/**
 * How early each line of the run can come in the reference, and what follows from that for its prefixes. A line's earliest
 * place is that of the greedy embedding of its process's lines in the reference; other processes are ignored, so this is a
 * necessary condition only. Immutable after construction.
 */
final class Reach {

    private static final int NONE = -1;

    private final Problem problem;
    private final int[] writers;
    private final int[] earliest;
    /** The lines whose earliest place is p are {@code firstAt[p]}, {@code nextAt[firstAt[p]]}, and so on, up to NONE. */
    private final int[] firstAt;
    private final int[] nextAt;

    Reach(Problem problem, Occurrences occurrences) {
        this.problem = problem;
        int places = problem.reference().length;
        writers = problem.writers();
        earliest = new int[problem.written().length];
        firstAt = new int[places];
        Arrays.fill(firstAt, NONE);
        nextAt = new int[earliest.length];
        Arrays.fill(earliest, places);
        for (int process = 0; process < problem.processes(); process++) {
            int from = 0;
            for (int line = problem.starts()[process]; line < problem.starts()[process + 1]; line++) {
                int place = occurrences.atOrAfter(problem.written()[line], from);
                if (place < 0) {
                    break;
                }
                earliest[line] = place;
                nextAt[line] = firstAt[place];
                firstAt[place] = line;
                from = place + 1;
            }
        }
    }

    /** The earliest place of a line; the length of the reference if the line cannot come at all. */
    int earliest(int line) {
        return earliest[line];
    }

    /** Some line whose earliest place is {@code place}, or -1. */
    int firstAt(int place) {
        return firstAt[place];
    }

    /** The next line with the same earliest place, or -1. */
    int nextAt(int line) {
        return nextAt[line];
    }

    /**
     * What a prefix of the reference demands.
     *
     * @param ceiling no prefix longer than this is legal; at most the length that was asked for
     * @param must    for each process, the first line that it need not have written in a legal prefix of that length;
     *                meaningful only if the ceiling is the length that was asked for
     */
    record Demand(int ceiling, int[] must) {
    }

    /**
     * Walks the reference's first {@code length} lines and counts, for each text: how often the reference has it (seen), how
     * many lines of the run can have come (supplied), how many must have come (demanded). A prefix can be legal only if
     * demanded &lt;= seen &lt;= supplied throughout. Where seen equals supplied, every supplied line must have come, and with
     * it all that its process wrote before. Linear in the number of lines.
     */
    Demand demand(int length) {
        int[] must = Arrays.copyOf(problem.starts(), problem.processes());
        int[] seen = new int[problem.texts()];
        int[] supplied = new int[problem.texts()];
        int[] demanded = new int[problem.texts()];
        int[] pending = new int[problem.texts()];
        Arrays.fill(pending, NONE);
        int[] nextPending = new int[earliest.length];
        for (int place = 0; place < length; place++) {
            int text = problem.reference()[place];
            seen[text]++;
            for (int line = firstAt[place]; line != NONE; line = nextAt[line]) {
                supplied[text]++;
                nextPending[line] = pending[text];
                pending[text] = line;
            }
            if (seen[text] > supplied[text]) {
                return new Demand(place, must);
            }
            if (seen[text] == supplied[text]) {
                for (int line = pending[text]; line != NONE; line = nextPending[line]) {
                    if (!advance(must, line, seen, demanded)) {
                        return new Demand(place, must);
                    }
                }
                pending[text] = NONE;
            }
        }
        return new Demand(length, must);
    }

    /** Demands all lines of a process up to and including one; false if a text is demanded more often than seen. */
    private boolean advance(int[] must, int line, int[] seen, int[] demanded) {
        int process = writers[line];
        while (must[process] <= line) {
            int text = problem.written()[must[process]++];
            if (++demanded[text] > seen[text]) {
                return false;
            }
        }
        return true;
    }
}
