package org.polyproc.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void theTutorialSaysWhoWaitedForWhat() {
        Summary summary = Summary.of(Timelines.tutorial());
        Summary.Waiting wait = summary.waits().stream().filter(each -> each.kind() == Span.Kind.LOCK_WAIT).findFirst().orElseThrow();
        assertEquals("Process-2", wait.lane().name());
        assertEquals(Timelines.nanos(5_001), wait.total());
        assertEquals(1, wait.times());
        assertEquals("Process-2", summary.longestHold().orElseThrow().lane().name());
        assertEquals(0.0625, summary.utilisation(), 0.001);
        assertEquals(List.of(), summary.problems());
    }

    @Test
    void theStatesOfAProcessAreItsLife() {
        Lane lane = Timelines.tutorial().lanes().get(2);
        Map<Span.Kind, Long> states = lane.states();
        assertEquals(Timelines.nanos(5_001), states.get(Span.Kind.LOCK_WAIT));
        assertEquals(Timelines.nanos(5_000), states.get(Span.Kind.SLEEP));
        assertEquals(lane.end() - lane.begin(), states.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(null, states.get(Span.Kind.HOLD));
    }

    @Test
    void whatLiesWithinAnotherStateCountsOnce() {
        Lane lane = new Timelines.Sketch(2, "p").span(Span.Kind.PROCESS_WAIT, 0, 10, 0, 0, true, "").sleep(2, 5, "").sleep(8, 12, "")
                .lane(0, 20, 0);
        assertEquals(Map.of(Span.Kind.PROCESS_WAIT, 10_000_000L, Span.Kind.SLEEP, 2_000_000L, Span.Kind.RUN, 8_000_000L), lane.states());
    }

    @Test
    void aDeadlockNamesWhoWaitsForWhom() {
        Problem problem = only(Problem.find(Timelines.deadlock()));
        assertEquals(List.of("Deadlock for 2.74 s.",
                "Process-2 waited for lock 1 at d.py:14, which Process-1 held, taken at d.py:5.",
                "Process-1 waited for lock 2 at d.py:7, which Process-2 held, taken at d.py:12."), problem.text());
        assertEquals(Timelines.nanos(260), problem.begin());
    }

    @Test
    void whoWaitsForItsOwnLockIsADeadlock() {
        Lane lane = new Timelines.Sketch(2, "Main").span(Span.Kind.HOLD, 1, 50, 7, 0, false, "s.py:2")
                .span(Span.Kind.LOCK_WAIT, 2, 50, 7, 2, false, "s.py:3").lane(0, 60, 1);
        assertEquals(List.of("Deadlock for 48.0 ms.", "Main waited for lock 7 at s.py:3, which it held itself, taken at s.py:2."),
                only(Problem.find(Timelines.of("s.py", lane))).text());
    }

    @Test
    void anotherThreadOfTheSameProcessMayStillRelease() {
        Timelines.Sketch sketch = new Timelines.Sketch(2, "Main").hold(7, 1, 50, "");
        Span wait = new Span(Span.Kind.LOCK_WAIT, 1, Timelines.nanos(2), Timelines.nanos(50), 7, 2, true, "");
        Lane lane = sketch.lane(0, 60, 0);
        Lane threaded = new Lane(2, 0, "Main", 0, lane.end(), lane.exitCode(), 0, List.of(lane.spans().getFirst(), wait), List.of());
        assertEquals(List.of(), Problem.find(Timelines.of("s.py", threaded)));
    }

    @Test
    void waitingInTurnsIsNoDeadlock() {
        assertEquals(List.of(), Problem.find(Timelines.busy(5, 2_000)));
        assertEquals(List.of(), Problem.find(Timelines.tutorial()));
    }

    @Test
    void aLockOfAnEndedProcessIsAProblemForWhoWaitsForIt() {
        Lane dead = new Timelines.Sketch(3, "Dead").span(Span.Kind.HOLD, 10, 40, 7, 1, false, "s.py:4").lane(5, 40, 1);
        Lane waiting = new Timelines.Sketch(4, "Waiting").span(Span.Kind.LOCK_WAIT, 20, 90, 7, 3, false, "s.py:8").lane(5, 95, 1);
        Problem problem = only(Problem.find(Timelines.of("s.py", dead, waiting)));
        assertEquals(List.of("Dead ended while it held lock 7, taken at s.py:4.",
                "Waiting waited for it for 70.0 ms at s.py:8, in vain."), problem.text());
        assertTrue(Problem.find(Timelines.of("s.py", dead)).isEmpty(), "nobody waits for it");
    }

    private static Problem only(List<Problem> problems) {
        assertEquals(1, problems.size(), problems.toString());
        return problems.getFirst();
    }
}
