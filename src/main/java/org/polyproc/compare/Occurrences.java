package org.polyproc.compare;

import java.util.Arrays;

/** Where each text occurs in the reference. Immutable after construction. */
final class Occurrences {

    /** The places of text t are {@code places[starts[t]..starts[t + 1])}, ascending. */
    private final int[] starts;
    private final int[] places;

    Occurrences(int[] reference, int texts) {
        starts = new int[texts + 1];
        places = new int[reference.length];
        for (int text : reference) {
            starts[text + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] filled = starts.clone();
        for (int place = 0; place < reference.length; place++) {
            places[filled[reference[place]]++] = place;
        }
    }

    /** The first place of a text at or after {@code from}; -1 if there is none. */
    int atOrAfter(int text, int from) {
        int index = insertion(text, from);
        return index < starts[text + 1] ? places[index] : -1;
    }

    /** The last place of a text before {@code to}; -1 if there is none. */
    int before(int text, int to) {
        int index = insertion(text, to) - 1;
        return index >= starts[text] ? places[index] : -1;
    }

    private int insertion(int text, int place) {
        int index = Arrays.binarySearch(places, starts[text], starts[text + 1], place);
        return index < 0 ? -index - 1 : index;
    }
}
