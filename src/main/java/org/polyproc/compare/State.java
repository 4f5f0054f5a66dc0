package org.polyproc.compare;

import java.util.SplittableRandom;

/**
 * Where the processes stand: a multiset of remainders, and for each text the remainders that begin with it. A step and its
 * undoing take constant time. Confined to one thread.
 */
final class State {

    /** Fixed, so that a comparison is repeatable. */
    private static final long SEED = 0x5eed;

    private final Suffixes suffixes;
    private final int[] count;
    private final int[] first;
    private final int[] next;
    private final int[] previous;
    private final long[] highs;
    private final long[] lows;
    private long high;
    private long low;

    State(Suffixes suffixes, Problem problem) {
        this.suffixes = suffixes;
        count = new int[suffixes.size()];
        first = new int[problem.texts()];
        next = new int[suffixes.size()];
        previous = new int[suffixes.size()];
        SplittableRandom random = new SplittableRandom(SEED);
        highs = random.longs(suffixes.size()).toArray();
        lows = random.longs(suffixes.size()).toArray();
        for (int process = 0; process < problem.processes(); process++) {
            add(suffixes.initial(process));
        }
    }

    /** One of the processes with this remainder writes its first line. */
    void step(int suffix) {
        remove(suffix);
        add(suffixes.tail(suffix));
    }

    /** Takes a step back. */
    void undo(int suffix) {
        remove(suffixes.tail(suffix));
        add(suffix);
    }

    /** The number of processes with this remainder. */
    int count(int suffix) {
        return count[suffix];
    }

    /** Some remainder that begins with a text, or {@link Suffixes#EMPTY} if no process writes that text next. */
    int first(int text) {
        return first[text];
    }

    /** The next remainder that begins with the same text, or {@link Suffixes#EMPTY}. */
    int next(int suffix) {
        return next[suffix];
    }

    /**
     * The upper half of the state's fingerprint: the sum of its remainders' random numbers, equal for equal multisets. Two
     * different states have the same 128 bits with a probability of 2^-128, which is neglected.
     */
    long high() {
        return high;
    }

    /** The lower half of the state's fingerprint. */
    long low() {
        return low;
    }

    private void add(int suffix) {
        high += highs[suffix];
        low += lows[suffix];
        if (count[suffix]++ > 0 || suffix == Suffixes.EMPTY) {
            return;
        }
        int text = suffixes.text(suffix);
        int second = first[text];
        first[text] = suffix;
        next[suffix] = second;
        previous[suffix] = Suffixes.EMPTY;
        previous[second] = suffix;
    }

    private void remove(int suffix) {
        high -= highs[suffix];
        low -= lows[suffix];
        if (--count[suffix] > 0 || suffix == Suffixes.EMPTY) {
            return;
        }
        int before = previous[suffix];
        int after = next[suffix];
        previous[after] = before;
        if (before == Suffixes.EMPTY) {
            first[suffixes.text(suffix)] = after;
        } else {
            next[before] = after;
        }
    }
}
