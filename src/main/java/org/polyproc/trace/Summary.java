package org.polyproc.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a timeline comes to. Immutable, hence safe for use by several threads.
 *
 * @param waits       who waited for what, the longest sum first
 * @param longestHold the lock that was held longest without a break
 * @param utilisation the part of all processors' time that the processes used, from 0 to 1
 * @param problems    deadlocks and locks that ended processes hold, in the order of time
 */
record Summary(List<Waiting> waits, Optional<Turn> longestHold, double utilisation, List<Problem> problems) {

    /**
     * What a process waited for.
     *
     * @param lane    the process
     * @param kind    how it waited
     * @param object  as in {@link Span}
     * @param total   how long in all, in nanoseconds
     * @param times   how often
     * @param longest the longest time
     */
    record Waiting(Lane lane, Span.Kind kind, int object, long total, int times, Span longest) {
    }

    private record Key(Span.Kind kind, int object) {
    }

    /** Sums a timeline up. */
    static Summary of(Timeline timeline) {
        List<Waiting> waits = timeline.lanes().stream().flatMap(lane -> waits(lane).stream())
                .sorted(Comparator.comparingLong(Waiting::total).reversed()).toList();
        Optional<Turn> longest = timeline.lanes().stream()
                .flatMap(lane -> lane.spans().stream().filter(span -> span.kind() == Span.Kind.HOLD)
                        .max(Comparator.comparingLong(Span::length)).map(span -> new Turn(lane, span)).stream())
                .max(Comparator.comparingLong(held -> held.span().length()));
        long cpu = timeline.lanes().stream().mapToLong(Lane::cpuNanos).sum();
        double available = (double) timeline.length() * timeline.processors();
        return new Summary(waits, longest, available == 0 ? 0 : Math.min(1, cpu / available), Problem.find(timeline));
    }

    private static List<Waiting> waits(Lane lane) {
        Map<Key, Waiting> waits = new HashMap<>();
        for (Span span : lane.spans()) {
            if (span.kind().isWait()) {
                waits.merge(new Key(span.kind(), span.object()),
                        new Waiting(lane, span.kind(), span.object(), span.length(), 1, span), Summary::sum);
            }
        }
        return new ArrayList<>(waits.values());
    }

    private static Waiting sum(Waiting one, Waiting other) {
        return new Waiting(one.lane(), one.kind(), one.object(), one.total() + other.total(), one.times() + other.times(),
                other.longest().length() > one.longest().length() ? other.longest() : one.longest());
    }
}
