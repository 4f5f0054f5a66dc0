package org.polyproc.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a report from the first difference on. No order is legal there, so this follows the reference as a person
 * would: a line that a process writes next is taken; a line of which the run has more than the reference is put on the right
 * only; any other line of the reference stands on the left only. Confined to one thread.
 */
final class Continuation {

    private final Map<Integer, Deque<OutputLine>> processes = new LinkedHashMap<>();
    private final Map<String, Integer> ahead = new HashMap<>();
    private final Map<String, Integer> toCome = new HashMap<>();
    private final List<String> reference;
    private int place;

    Continuation(Arrangement arrangement) {
        reference = arrangement.reference();
        place = arrangement.length();
        reference.subList(place, reference.size()).forEach(text -> ahead.merge(text, 1, Integer::sum));
        for (OutputLine line : arrangement.rest()) {
            processes.computeIfAbsent(line.pid(), _ -> new ArrayDeque<>()).add(line);
            toCome.merge(line.text(), 1, Integer::sum);
        }
    }

    /** The next rows, at most {@code limit}. */
    List<Row> rows(int limit) {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < limit && (place < reference.size() || runLeft() > 0)) {
            rows.add(row());
        }
        return rows;
    }

    /** How many lines of the reference are in no row yet. */
    int referenceLeft() {
        return reference.size() - place;
    }

    /** How many lines of the run are in no row yet. */
    int runLeft() {
        return processes.values().stream().mapToInt(Deque::size).sum();
    }

    private Row row() {
        if (place == reference.size()) {
            return new Row(Row.Kind.EXTRA, 0, null, take(heads().findFirst().orElseThrow()));
        }
        String text = reference.get(place);
        Optional<OutputLine> same = heads().filter(head -> head.text().equals(text)).findFirst();
        if (same.isPresent()) {
            return new Row(Row.Kind.EQUAL, ++place, pass(text), take(same.get()));
        }
        boolean comes = toCome.containsKey(text);
        Optional<OutputLine> other = heads().filter(head -> comes ? isSurplus(head) : isUnknown(head)).findFirst();
        if (other.isEmpty()) {
            return new Row(Row.Kind.MISSING, ++place, pass(text), null);
        }
        return comes ? new Row(Row.Kind.EXTRA, 0, null, take(other.get()))
                : new Row(Row.Kind.CHANGED, ++place, pass(text), take(other.get()));
    }

    /** Whether the rest of the reference has a line less often than the rest of the run. */
    private boolean isSurplus(OutputLine head) {
        return ahead.getOrDefault(head.text(), 0) < toCome.get(head.text());
    }

    /** Whether the rest of the reference has no such line. */
    private boolean isUnknown(OutputLine head) {
        return !ahead.containsKey(head.text());
    }

    private Stream<OutputLine> heads() {
        return processes.values().stream().filter(lines -> !lines.isEmpty()).map(Deque::peek);
    }

    private String pass(String text) {
        return decrement(ahead, text);
    }

    private OutputLine take(OutputLine head) {
        decrement(toCome, head.text());
        return processes.get(head.pid()).remove();
    }

    private static String decrement(Map<String, Integer> counts, String text) {
        counts.computeIfPresent(text, (_, count) -> count == 1 ? null : count - 1);
        return text;
    }
}
