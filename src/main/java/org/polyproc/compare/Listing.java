package org.polyproc.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The lists under a report's table. Immutable, hence safe for use by several threads.
 *
 * @param width  of a row, in columns
 * @param listed how many entries a list shows at most
 * @param names  names and colours of the processes
 */
record Listing(int width, int listed, Names names) {

    private static final String INDENT = "  ";

    /** What the processes would write next; nothing if at most one has lines left, because the headline says it. */
    List<String> next(List<OutputLine> heads) {
        if (heads.size() < 2) {
            return List.of();
        }
        List<String> entries = heads.stream().limit(listed).map(line -> {
            String name = Visible.fitEnd(names.of(line), width / 4) + " ";
            return INDENT + names.coloured(name, line) + text(line.text(), INDENT.length() + Visible.columns(name));
        }).toList();
        return section("next in each process:", entries, heads.size() - entries.size());
    }

    /** Lines and how often each is missing or too many; nothing if there are none. */
    List<String> counted(String what, Map<String, Integer> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        long total = lines.values().stream().mapToLong(Integer::longValue).sum();
        List<String> entries = lines.entrySet().stream().limit(listed).map(line -> {
            String times = INDENT + Headline.number(line.getValue()) + " × ";
            return times + text(line.getKey(), times.length());
        }).toList();
        return section(Headline.count(total, "line") + " " + what + ":", entries, lines.size() - entries.size());
    }

    private String text(String text, int indent) {
        return Visible.fit(text, 0, width - indent);
    }

    private static List<String> section(String title, Collection<String> entries, int hidden) {
        List<String> lines = new ArrayList<>(List.of("", title));
        lines.addAll(entries);
        if (hidden > 0) {
            lines.add(INDENT + "… " + Headline.number(hidden) + " more …");
        }
        return lines;
    }
}
