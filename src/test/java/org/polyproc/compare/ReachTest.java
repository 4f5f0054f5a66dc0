package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The necessary conditions: {@link Reach} and {@link Windows}. */
class ReachTest {

    @Test
    void aLineComesNoEarlierThanItsProcessAllows() {
        Reach reach = reach("x a a b", "a b", "b a", "c");
        assertEquals(1, reach.earliest(0));
        assertEquals(3, reach.earliest(1));
        assertEquals(3, reach.earliest(2));
        assertEquals(4, reach.earliest(3), "after b there is no a");
        assertEquals(4, reach.earliest(4));
    }

    @Test
    void noTextIsSeenMoreOftenThanSupplied() {
        assertEquals(1, ceiling("a a", "a"));
        assertEquals(2, ceiling("a b a", "a c a", "b"), "the second a is behind c");
        assertEquals(3, ceiling("a b a", "a", "b", "a"));
    }

    @Test
    void noTextIsDemandedMoreOftenThanSeen() {
        assertEquals(2, ceiling("x p q x", "x p", "x q"), "p and q demand two x, one is seen");
        assertEquals(4, ceiling("x p x q", "x p", "x q"));
    }

    @Test
    void demandedLinesAreThoseBeforeWhatIsCertain() {
        Reach.Demand demand = reach("x x p", "x x p", "x x q").demand(3);
        assertEquals(3, demand.ceiling());
        assertArrayEquals(new int[] {3, 3}, demand.must());
    }

    @Test
    void linesThatTakeAllPlacesLeaveNoneForOthers() {
        // Two t are due at place 3, between the marks, and nothing says who writes the t at place 0.
        assertTrue(windows("t m1 m2 t e1 e2", 6, "m1 t e1", "m2 t e2", "t", "t").refuted());
        assertFalse(windows("t m1 m2 t e1 e2", 5, "m1 t e1", "m2 t e2", "t", "t").refuted());
        // The same inside a longer prefix: the second t after the marks comes too late.
        assertTrue(windows("t m1 m2 t e1 e2 t", 7, "m1 t e1", "m2 t e2", "t", "t").refuted());
    }

    @Test
    void aLineIsDueBeforeWhatFollowsIt() {
        Windows windows = windows("a a b a c", 5, "a b c", "a a");
        assertEquals(1, windows.due(0));
        assertEquals(2, windows.due(1));
        assertEquals(4, windows.due(2));
        assertEquals(1, windows.due(3));
        assertEquals(3, windows.due(4));
        assertEquals(3, windows("a a b a c", 3, "a b c", "a a").due(4), "not demanded by the prefix, hence never due");
    }

    private static int ceiling(String reference, String... outputs) {
        Problem problem = problem(reference, outputs);
        return reach(reference, outputs).demand(problem.reference().length).ceiling();
    }

    private static Windows windows(String reference, int length, String... outputs) {
        Problem problem = problem(reference, outputs);
        return new Windows(problem, reach(reference, outputs), occurrences(problem), length);
    }

    private static Reach reach(String reference, String... outputs) {
        Problem problem = problem(reference, outputs);
        return new Reach(problem, occurrences(problem));
    }

    private static Occurrences occurrences(Problem problem) {
        return new Occurrences(problem.reference(), problem.texts());
    }

    private static Problem problem(String reference, String... outputs) {
        return Problem.of(Runs.lines(reference), Runs.processes(outputs));
    }
}
