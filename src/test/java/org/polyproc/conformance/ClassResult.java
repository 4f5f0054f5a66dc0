package org.polyproc.conformance;

import java.time.Duration;
import java.util.List;

/**
 * What became of a class of tests.
 *
 * @param time    what the class took, with its fixtures, without the starts of workers
 * @param altered whether it left processes or threads behind, which CPython's tests only warn of
 */
record ClassResult(TestClass tests, List<TestResult> results, Duration time, boolean altered) {

    ClassResult {
        results = List.copyOf(results);
    }

    /** Returns how many tests had an outcome. */
    long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** Returns this result with one test's replaced. */
    ClassResult with(TestResult other) {
        return new ClassResult(tests, results.stream()
                .map(result -> result.name().equals(other.name()) ? other : result).toList(), time, altered);
    }
}
