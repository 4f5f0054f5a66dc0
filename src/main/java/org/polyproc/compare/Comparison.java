package org.polyproc.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Decides whether a reference output is a legal interleaving of what the processes of a run wrote. Deciding this is hard in
 * general (NP-complete in the number of processes), so the search has a limit; where lines name their process, it takes one
 * step for each line. The answer depends on the arguments only, not on time or chance. Stateless, hence safe for use by
 * several threads.
 */
public final class Comparison {

    /** The default limit of a search, in visited states: about a second, and at most 200 megabytes of memory. */
    public static final long DEFAULT_LIMIT = 5_000_000;

    private Comparison() {
    }

    /**
     * Compares with the {@linkplain #DEFAULT_LIMIT default limit}.
     *
     * @param reference the reference's lines
     * @param run       the run's lines, in the order in which they were written
     * @return the verdict
     * @throws NullPointerException if a list or an element is null
     */
    public static Verdict compare(List<String> reference, List<OutputLine> run) {
        return compare(reference, run, DEFAULT_LIMIT);
    }

    /**
     * Compares. What can be decided in linear time is decided whatever the limit is.
     *
     * @param reference the reference's lines
     * @param run       the run's lines, in the order in which they were written
     * @param limit     how many states the search visits at most; one state is one more line put in its place
     * @return the verdict
     * @throws IllegalArgumentException if the limit is not positive
     * @throws NullPointerException     if a list or an element is null
     */
    public static Verdict compare(List<String> reference, List<OutputLine> run, long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit of a search must be positive: limit=" + limit);
        }
        List<String> texts = run.stream().map(OutputLine::text).toList();
        if (texts.equals(reference)) {
            return new Verdict.Equivalent(new Arrangement(reference, run, List.of()), true);
        }
        Map<String, Integer> missing = Lines.surplus(reference, texts);
        Map<String, Integer> extra = Lines.surplus(texts, reference);
        Problem problem = Problem.of(reference, run);
        LongestPrefix.Found found = LongestPrefix.find(problem, new Budget(limit));
        Arrangement arrangement = arrange(reference, run, problem, found.lines());
        boolean longest = found.ceiling() == found.lines().length;
        if (!missing.isEmpty() || !extra.isEmpty() || found.ceiling() < reference.size()) {
            return new Verdict.Different(arrangement, longest, missing, extra);
        }
        return longest ? new Verdict.Equivalent(arrangement, false) : new Verdict.Undecided(arrangement, limit);
    }

    private static Arrangement arrange(List<String> reference, List<OutputLine> run, Problem problem, int[] lines) {
        List<OutputLine> followed = new ArrayList<>();
        BitSet used = new BitSet();
        for (int line : lines) {
            int index = problem.runIndex()[line];
            used.set(index);
            followed.add(run.get(index));
        }
        List<OutputLine> rest = new ArrayList<>();
        for (int index = used.nextClearBit(0); index < run.size(); index = used.nextClearBit(index + 1)) {
            rest.add(run.get(index));
        }
        return new Arrangement(reference, followed, rest);
    }
}
