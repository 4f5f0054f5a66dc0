package org.polyproc.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Verdicts as one sentence each. Stateless, hence safe for use by several threads. */
final class Headline {

    private Headline() {
    }

    static String of(Verdict.Equivalent verdict) {
        Arrangement arrangement = verdict.arrangement();
        if (arrangement.reference().isEmpty()) {
            return "equivalent: neither the reference nor the run has lines";
        }
        return "equivalent: " + count(arrangement.length(), "line") + " of "
                + count(arrangement.processes(), "process", "processes")
                + (verdict.sameOrder() ? ", in the same order" : ", interleaved differently");
    }

    static String of(Verdict.Undecided verdict) {
        Arrangement arrangement = verdict.arrangement();
        return "undecided: the search ended at its limit of " + count(verdict.limit(), "state")
                + "; reference and run have the same lines, and the first " + number(arrangement.length()) + " of "
                + count(arrangement.reference().size(), "line") + " can be followed";
    }

    static String of(Verdict.Different verdict) {
        Arrangement arrangement = verdict.arrangement();
        Optional<OutputLine> next = culprit(arrangement);
        if (arrangement.expected().isEmpty()) {
            return "different at the end of the reference (" + count(arrangement.length(), "line") + "): the run has "
                    + number(arrangement.rest().size()) + " more" + next.map(line -> next(arrangement, line, 0)).orElse("");
        }
        String expected = arrangement.expected().get();
        int from = next.map(line -> Visible.quotedStart(expected, line.text())).orElse(0);
        return "different at line " + number(arrangement.length() + 1L) + " of the reference: expected "
                + Visible.quoted(expected, from)
                + next.map(line -> next(arrangement, line, from)).orElse(", but the run has no more lines")
                + (next.isEmpty() ? "" : verdict.longest() ? "; no process can write it"
                        : "; the search ended at its limit before it knew whether another order reaches further");
    }

    private static String next(Arrangement arrangement, OutputLine line, int from) {
        String name = new Names(arrangement, false).of(line);
        return ", next in " + Visible.fitEnd(name, 40) + ": " + Visible.quoted(line.text(), from);
    }

    /**
     * The process whose next line says most about a difference: the one that writes the expected line soonest; else one that
     * writes a line which the reference has no more; else the one whose next line comes soonest in the reference.
     */
    static Optional<OutputLine> culprit(Arrangement arrangement) {
        List<OutputLine> heads = arrangement.next();
        Map<Integer, OutputLine> byPid = new HashMap<>();
        heads.forEach(head -> byPid.put(head.pid(), head));
        String expected = arrangement.expected().orElse(null);
        Optional<OutputLine> late = arrangement.rest().stream().filter(line -> line.text().equals(expected)).findFirst()
                .map(line -> byPid.get(line.pid()));
        if (late.isPresent()) {
            return late;
        }
        List<String> ahead = arrangement.reference().subList(arrangement.length(), arrangement.reference().size());
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < ahead.size(); place++) {
            places.putIfAbsent(ahead.get(place), place);
        }
        Optional<OutputLine> unknown = heads.stream().filter(head -> !places.containsKey(head.text())).findFirst();
        return unknown.or(() -> heads.stream().min(Comparator.comparingInt(head -> places.get(head.text()))));
    }

    /** A number and its noun. */
    static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    private static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** A number with separators of thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
