package org.polyproc.conformance;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What became of a run.
 *
 * @param classes   in the order of the suites
 * @param time      what the run took
 * @param workers   how many workers ran at the same time
 * @param starts    how many JVMs were started as workers
 * @param startTime how long these starts took together, with the import of the modules of tests
 */
record RunResult(List<ClassResult> classes, Duration time, int workers, int starts, Duration startTime) {

    RunResult {
        classes = List.copyOf(classes);
    }

    /** Returns what became of each test. */
    Collection<TestResult> tests() {
        return classes.stream().flatMap(each -> each.results().stream()).toList();
    }

    /** Returns how many tests had an outcome. */
    long count(Outcome outcome) {
        return classes.stream().mapToLong(each -> each.count(outcome)).sum();
    }
}
