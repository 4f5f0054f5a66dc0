package org.polyproc.compare;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A depth-first search for a legal order of a prefix of the reference. It keeps its own stack, remembers the states that
 * failed, and starts over with another {@link SearchOrder} when one takes long, so that a bad first choice is not paid for
 * with the whole budget. Confined to one thread.
 */
final class Search {

    /** How a search ended. */
    enum Outcome {
        /** A legal order was found. */
        REACHED,
        /** There is no legal order. */
        REFUTED,
        /** The budget was spent. */
        UNDECIDED
    }

    /** How many states the first attempt visits in vain before the next order is tried. */
    private static final int FIRST_SLICE = 1_000;
    private static final int DEAD_END = Suffixes.EMPTY;

    private final int[] reference;
    private final int length;
    private final Suffixes suffixes;
    private final State state;
    private final Budget budget;
    private final FingerprintSet failed = new FingerprintSet();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private final int[] path;
    private int depth;
    /** The deepest path so far; its first {@code common} steps are still those of {@code path}. */
    private final int[] best;
    private int bestDepth;
    private int common;

    Search(Problem problem, Suffixes suffixes, int length, Budget budget) {
        this.reference = problem.reference();
        this.length = length;
        this.suffixes = suffixes;
        this.budget = budget;
        state = new State(suffixes, problem);
        path = new int[length];
        best = new int[length];
    }

    /** Several processes can write the next line: the candidates in the order in which they are tried. */
    private static final class Choice {
        final int depth;
        final int[] candidates;
        int tried;

        Choice(int depth, int[] candidates) {
            this.depth = depth;
            this.candidates = candidates;
        }
    }

    /** Searches until there is an answer or the budget is spent. */
    Outcome run() {
        long slice = length + FIRST_SLICE;
        while (true) {
            for (SearchOrder order : SearchOrder.values()) {
                Outcome outcome = run(order, slice);
                if (outcome != Outcome.UNDECIDED || budget.spent()) {
                    return outcome;
                }
                undoTo(0);
                choices.clear();
            }
            slice *= 2;
        }
    }

    /** The longest sequence of steps that was found legal; the whole prefix if that was reached. */
    int[] best() {
        return Arrays.copyOf(best, bestDepth);
    }

    private Outcome run(SearchOrder order, long slice) {
        for (long visits = slice; depth < length; visits--) {
            int suffix = choose(order);
            if (suffix == DEAD_END) {
                suffix = backtrack();
                if (suffix == DEAD_END) {
                    return Outcome.REFUTED;
                }
            }
            if (visits == 0 || !budget.take()) {
                keepBest();
                return Outcome.UNDECIDED;
            }
            state.step(suffix);
            path[depth++] = suffix;
        }
        keepBest();
        return Outcome.REACHED;
    }

    /** Which remainder goes on; {@link #DEAD_END} if none can. */
    private int choose(SearchOrder order) {
        int candidates = 0;
        int copiesDue = 0;
        int due = DEAD_END;
        int first = state.first(reference[depth]);
        for (int suffix = first; suffix != Suffixes.EMPTY; suffix = state.next(suffix)) {
            candidates++;
            if (suffixes.due(suffix) == depth) {
                copiesDue += state.count(suffix);
                due = suffix;
            }
        }
        if (copiesDue > 0) {
            return copiesDue == 1 ? due : DEAD_END;
        }
        if (candidates < 2) {
            return first;
        }
        if (failed.contains(state.high(), state.low())) {
            return DEAD_END;
        }
        Choice choice = new Choice(depth, ordered(order, first, candidates));
        choices.push(choice);
        return choice.candidates[choice.tried++];
    }

    private int[] ordered(SearchOrder order, int first, int candidates) {
        int last = depth == 0 ? Suffixes.EMPTY : path[depth - 1];
        long[] keyed = new long[candidates];
        int suffix = first;
        for (int i = 0; i < candidates; i++) {
            keyed[i] = (long) order.key(suffixes, suffix, last) << 32 | suffix;
            suffix = state.next(suffix);
        }
        Arrays.sort(keyed);
        return Arrays.stream(keyed).mapToInt(key -> (int) key).toArray();
    }

    /** Goes back to the last choice with an untried candidate; {@link #DEAD_END} if there is none. */
    private int backtrack() {
        keepBest();
        while (!choices.isEmpty()) {
            Choice choice = choices.peek();
            undoTo(choice.depth);
            if (choice.tried < choice.candidates.length) {
                return choice.candidates[choice.tried++];
            }
            failed.add(state.high(), state.low());
            choices.pop();
        }
        return DEAD_END;
    }

    private void undoTo(int target) {
        while (depth > target) {
            state.undo(path[--depth]);
        }
        common = Math.min(common, depth);
    }

    private void keepBest() {
        if (depth > bestDepth) {
            System.arraycopy(path, common, best, common, depth - common);
            bestDepth = depth;
            common = depth;
        }
    }
}
