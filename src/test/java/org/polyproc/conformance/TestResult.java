package org.polyproc.conformance;

import java.time.Duration;

/**
 * What became of a test.
 *
 * @param text      the tracebacks of a failure or the reason of a skip; empty if the test passed
 * @param output    what the worker's processes wrote while the test ran; kept of failures only
 * @param secondRun whether the test failed in the first run, and this is what became of it when it was run once more alone
 */
record TestResult(TestName name, Outcome outcome, String text, String output, Duration time, boolean secondRun) {

    /** Returns the text's last line that has a letter or digit, which of a traceback is the error. */
    String summary() {
        return text.lines().filter(line -> line.chars().anyMatch(Character::isLetterOrDigit))
                .reduce((first, second) -> second).orElse("").strip();
    }

    /** Returns this result, of a second run. */
    TestResult ofSecondRun() {
        return new TestResult(name, outcome, text, output, time, true);
    }
}
