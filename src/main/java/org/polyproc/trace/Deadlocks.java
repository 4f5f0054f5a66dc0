package org.polyproc.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds processes that waited for each other. A deadlock is complete when its last wait begins, so it is enough to look, whenever a
 * wait begins, who holds the lock at that moment, what the holder waits for at that moment, and so on. It lasts until its first wait
 * ends, by a signal or a limit of time. Confined to one thread.
 */
final class Deadlocks {

    /** What is over sooner is no deadlock that anybody notices. */
    private static final long LEAST_NANOS = 1_000_000;

    private final Timeline timeline;
    private final Turns waits;
    private final Turns holds;
    /** The pids of processes with several threads. */
    private final Set<Integer> threaded;

    /** A wait and the hold that it waits for. */
    private record Edge(Turn waiting, Turn holding) {
    }

    Deadlocks(Timeline timeline) {
        this.timeline = timeline;
        waits = new Turns(timeline, Span.Kind.LOCK_WAIT, turn -> turn.lane().pid());
        holds = Turns.holds(timeline);
        threaded = timeline.lanes().stream().filter(lane -> lane.spans().stream().anyMatch(span -> span.thread() != 0))
                .map(Lane::pid).collect(Collectors.toSet());
    }

    /** Returns all deadlocks, in the order of time. */
    List<Problem> find() {
        return timeline.lanes().stream().flatMap(this::completedBy).sorted(Comparator.comparingLong(Problem::begin)).toList();
    }

    private Stream<Problem> completedBy(Lane lane) {
        return lane.spans().stream()
                .filter(span -> span.kind() == Span.Kind.LOCK_WAIT && span.length() >= LEAST_NANOS)
                .flatMap(span -> problem(cycle(new Turn(lane, span)), span.begin()));
    }

    /** Returns the cycle that a wait completes; empty if it completes none. */
    private List<Edge> cycle(Turn first) {
        long time = first.span().begin();
        List<Edge> edges = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Turn wait = first;
        while (wait != null && seen.add(wait.lane().pid())) {
            Turn hold = holds.at(wait.span().object(), time).stream().findFirst().orElse(null);
            if (hold == null) {
                return List.of();
            }
            edges.add(new Edge(wait, hold));
            if (hold.lane() == first.lane()) {
                return isOfOneThread(first, hold) ? edges : List.of();
            }
            wait = waits.at(hold.lane().pid(), time).stream().filter(turn -> isOfOneThread(turn, hold)).findFirst().orElse(null);
        }
        return List.of();
    }

    /** Who waits in one thread can release in another; of a lock that was never released, nobody knows the thread. */
    private boolean isOfOneThread(Turn wait, Turn hold) {
        return !threaded.contains(wait.lane().pid())
                || hold.span().complete() && wait.span().thread() == hold.span().thread();
    }

    private static Stream<Problem> problem(List<Edge> cycle, long begin) {
        long end = cycle.stream().mapToLong(edge -> edge.waiting().span().end()).min().orElse(begin);
        if (cycle.isEmpty() || end - begin < LEAST_NANOS) {
            return Stream.empty();
        }
        List<String> text = new ArrayList<>();
        text.add("Deadlock for " + Durations.text(end - begin) + ".");
        cycle.forEach(edge -> text.add(sentence(edge)));
        return Stream.of(new Problem(text, cycle.stream().map(edge -> edge.waiting().lane()).toList(),
                cycle.stream().map(edge -> edge.waiting().span().object()).collect(Collectors.toSet()), begin, end));
    }

    private static String sentence(Edge edge) {
        Span wait = edge.waiting().span();
        boolean own = edge.holding().lane() == edge.waiting().lane();
        return edge.waiting().lane().name() + " waited for lock " + wait.object() + Problem.at(wait) + ", which "
                + (own ? "it held itself" : edge.holding().lane().name() + " held") + Problem.taken(edge.holding().span()) + ".";
    }
}
