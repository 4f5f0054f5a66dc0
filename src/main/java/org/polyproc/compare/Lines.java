package org.polyproc.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts as lists of lines, and lists of lines as multisets. Stateless, hence safe for use by several threads. */
public final class Lines {

    private Lines() {
    }

    /**
     * Splits a text into its lines. A line ends with {@code \n} or {@code \r\n}; a carriage return elsewhere belongs to its
     * line. The last line needs no line end, so {@code "a"} and {@code "a\n"} are the same; the empty text has no lines.
     *
     * @param text any text
     * @return the lines without their line ends, unmodifiable
     */
    public static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            boolean returned = feed > start && text.charAt(feed - 1) == '\r';
            lines.add(text.substring(start, returned ? end - 1 : end));
            start = end + 1;
        }
        return Collections.unmodifiableList(lines);
    }

    /**
     * Says which lines, and how many of each, one list has more than another.
     *
     * @return line to positive number, in the order in which the lines first occur in {@code lines}; unmodifiable
     */
    static Map<String, Integer> surplus(List<String> lines, List<String> others) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        lines.forEach(line -> counts.merge(line, 1, Integer::sum));
        others.forEach(line -> counts.computeIfPresent(line, (_, count) -> count - 1));
        counts.values().removeIf(count -> count <= 0);
        return Collections.unmodifiableMap(counts);
    }
}
