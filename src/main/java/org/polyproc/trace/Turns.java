package org.polyproc.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Spans of one kind by something that they have in common, in the order of their beginnings. Immutable after construction. */
final class Turns {

    /** Spans overlap where a process has several threads; this many are looked at. */
    private static final int OVERLAP = 16;

    private final Map<Integer, List<Turn>> groups = new HashMap<>();

    /** Collects the spans of one kind. */
    Turns(Timeline timeline, Span.Kind kind, ToIntFunction<Turn> group) {
        timeline.lanes().stream()
                .flatMap(lane -> lane.spans().stream().filter(span -> span.kind() == kind).map(span -> new Turn(lane, span)))
                .sorted(Comparator.comparingLong(turn -> turn.span().begin()))
                .forEach(turn -> groups.computeIfAbsent(group.applyAsInt(turn), _ -> new ArrayList<>()).add(turn));
    }

    /** The holds of a timeline by their locks. */
    static Turns holds(Timeline timeline) {
        return new Turns(timeline, Span.Kind.HOLD, turn -> turn.span().object());
    }

    /** Returns the turns of a group that were going on at a time. */
    List<Turn> at(int group, long time) {
        List<Turn> turns = groups.getOrDefault(group, List.of());
        int end = after(turns, time);
        return turns.subList(Math.max(0, end - OVERLAP), end).stream().filter(turn -> turn.span().contains(time)).toList();
    }

    /** Returns the hold of another process that a wait waited for at its end, if it is known. */
    Optional<Turn> holderFor(Turn wait) {
        List<Turn> turns = groups.getOrDefault(wait.span().object(), List.of());
        int end = after(turns, wait.span().end());
        for (int i = end - 1; i >= Math.max(0, end - OVERLAP); i--) {
            Turn hold = turns.get(i);
            if (hold.lane() != wait.lane() && hold.span().begin() < wait.span().end()
                    && hold.span().end() > wait.span().begin()) {
                return Optional.of(hold);
            }
        }
        return Optional.empty();
    }

    /** Returns the index of the first turn that begins after a time. */
    private static int after(List<Turn> turns, long time) {
        int low = 0;
        int high = turns.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (turns.get(middle).span().begin() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
