package org.polyproc.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What processes have still to write, numbered so that equal remainders have equal numbers, whichever process they belong
 * to. This is what makes processes that print the same lines interchangeable. A remainder ends where the prefix of the
 * reference that is searched cannot reach. Number 0 is the empty remainder. Immutable after construction.
 */
final class Suffixes {

    /** The remainder of a process that has nothing left to write. */
    static final int EMPTY = 0;

    private final int[] initial;
    private int[] text;
    private int[] tail;
    private int[] due;
    private int[] run;

    Suffixes(Problem problem, Reach reach, Windows windows, int length) {
        int capacity = problem.written().length + 1;
        text = new int[capacity];
        tail = new int[capacity];
        due = new int[capacity];
        run = new int[capacity];
        initial = new int[problem.processes()];
        Map<Key, Integer> numbers = new HashMap<>();
        for (int process = 0; process < initial.length; process++) {
            int suffix = EMPTY;
            for (int line = problem.starts()[process + 1] - 1; line >= problem.starts()[process]; line--) {
                if (reach.earliest(line) < length) {
                    suffix = number(numbers, new Key(problem.written()[line], suffix, windows.due(line)));
                }
            }
            initial[process] = suffix;
        }
        int size = numbers.size() + 1;
        text = Arrays.copyOf(text, size);
        tail = Arrays.copyOf(tail, size);
        due = Arrays.copyOf(due, size);
        run = Arrays.copyOf(run, size);
    }

    private record Key(int text, int tail, int due) {
    }

    private int number(Map<Key, Integer> numbers, Key key) {
        Integer known = numbers.putIfAbsent(key, numbers.size() + 1);
        if (known != null) {
            return known;
        }
        int suffix = numbers.size();
        text[suffix] = key.text();
        tail[suffix] = key.tail();
        due[suffix] = key.due();
        run[suffix] = key.tail() != EMPTY && text[key.tail()] == key.text() ? run[key.tail()] + 1 : 1;
        return suffix;
    }

    /** The number of different remainders, the empty one included. */
    int size() {
        return text.length;
    }

    /** What a process has to write at the start. */
    int initial(int process) {
        return initial[process];
    }

    /** The text of a remainder's first line. */
    int text(int suffix) {
        return text[suffix];
    }

    /** A remainder without its first line. */
    int tail(int suffix) {
        return tail[suffix];
    }

    /** The place by which a remainder's first line is due. */
    int due(int suffix) {
        return due[suffix];
    }

    /** The number of lines at a remainder's beginning that have the same text. */
    int run(int suffix) {
        return run[suffix];
    }

    /**
     * Says which lines a sequence of remainders stands for: each step takes the first line of one of the processes that have
     * this remainder, preferably of the process that wrote last.
     */
    int[] lines(Problem problem, int[] path) {
        int[] position = problem.starts().clone();
        int[] waiting = new int[size()];
        Arrays.fill(waiting, -1);
        int[] nextWaiting = new int[initial.length];
        for (int process = initial.length - 1; process >= 0; process--) {
            nextWaiting[process] = waiting[initial[process]];
            waiting[initial[process]] = process;
        }
        int[] lines = new int[path.length];
        for (int place = 0; place < path.length; place++) {
            int process = waiting[path[place]];
            waiting[path[place]] = nextWaiting[process];
            int rest = tail[path[place]];
            nextWaiting[process] = waiting[rest];
            waiting[rest] = process;
            lines[place] = position[process]++;
        }
        return lines;
    }
}
