package org.polyproc.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with a run. Immutable, hence safe for use by several threads.
 *
 * @param text     one sentence for each part
 * @param lanes    the processes that take part
 * @param locks    the kernel's numbers of the locks that take part
 * @param begin    since when, as in the timeline
 * @param end      until when, as in the timeline
 */
record Problem(List<String> text, List<Lane> lanes, Set<Integer> locks, long begin, long end) {

    /** Makes a problem from copies of the lists. */
    Problem {
        text = List.copyOf(text);
        lanes = List.copyOf(lanes);
        locks = Set.copyOf(locks);
    }

    /** Finds deadlocks, and locks that an ended process held while others waited for them. */
    static List<Problem> find(Timeline timeline) {
        List<Problem> deadlocks = new Deadlocks(timeline).find();
        Set<Integer> explained = deadlocks.stream().flatMap(problem -> problem.locks().stream()).collect(Collectors.toSet());
        return Stream.concat(deadlocks.stream(), heldByTheDead(timeline, explained))
                .sorted(Comparator.comparingLong(Problem::begin)).toList();
    }

    private static Stream<Problem> heldByTheDead(Timeline timeline, Set<Integer> explained) {
        return timeline.lanes().stream().filter(lane -> lane.exitCode().isPresent()).flatMap(lane -> lane.spans().stream()
                .filter(span -> span.kind() == Span.Kind.HOLD && !span.complete() && !explained.contains(span.object()))
                .flatMap(span -> heldByTheDead(timeline, lane, span).stream()));
    }

    private static List<Problem> heldByTheDead(Timeline timeline, Lane holder, Span hold) {
        List<Lane> lanes = new ArrayList<>(List.of(holder));
        List<String> text = new ArrayList<>(List.of(
                holder.name() + " ended while it held lock " + hold.object() + taken(hold) + "."));
        long end = hold.end();
        for (Lane lane : timeline.lanes()) {
            for (Span wait : lane.spans()) {
                if (wait.kind() == Span.Kind.LOCK_WAIT && wait.object() == hold.object() && wait.end() > hold.end()
                        && !wait.complete() && lane != holder) {
                    lanes.add(lane);
                    end = Math.max(end, wait.end());
                    text.add(lane.name() + " waited for it for " + Durations.text(wait.length()) + at(wait) + ", in vain.");
                }
            }
        }
        return lanes.size() == 1 ? List.of() : List.of(new Problem(text, lanes, Set.of(hold.object()), hold.end(), end));
    }

    static String taken(Span hold) {
        return hold.where().isEmpty() ? "" : ", taken at " + place(hold);
    }

    static String at(Span span) {
        return span.where().isEmpty() ? "" : " at " + place(span);
    }

    /** File and line without the folder. */
    private static String place(Span span) {
        return span.where().substring(span.where().lastIndexOf('/') + 1);
    }
}
