package org.polyproc.trace;

import java.util.ArrayList;
import java.util.List;

/** Puts spans that overlap into different rows. Confined to one thread. */
final class Levels {

    private final List<Long> ends = new ArrayList<>();

    /** Returns the lowest row, from 0, in which a span overlaps none before; spans come in the order of their beginnings. */
    int place(Span span) {
        int level = 0;
        while (level < ends.size() && ends.get(level) > span.begin()) {
            level++;
        }
        if (level == ends.size()) {
            ends.add(span.end());
        } else {
            ends.set(level, span.end());
        }
        return level;
    }
}
