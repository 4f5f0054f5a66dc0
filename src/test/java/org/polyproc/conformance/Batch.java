package org.polyproc.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tests of a class that are run in one go, in one worker, between its fixtures: makes results of what the worker says. A fixture
 * that fails makes every test fail that it was for.
 *
 * <p>Not thread-safe.
 */
final class Batch {

    private final TestClass tests;
    private final Log log;
    private final LongSupplier nanoClock;
    private final Map<String, TestResult> results = new LinkedHashMap<>();
    private String current;
    private String previous;
    private long beginNanos;
    private long startNanos;
    private TestResult fixture;
    private Duration time = Duration.ZERO;
    private boolean ended;
    private boolean altered;

    /**
     * @param tests     what is run
     * @param log       what the worker writes
     * @param nanoClock says what time it is, in nanoseconds since any moment
     */
    Batch(TestClass tests, Log log, LongSupplier nanoClock) {
        this.tests = tests;
        this.log = log;
        this.nanoClock = nanoClock;
        beginNanos = nanoClock.getAsLong();
        begin();
    }

    private void begin() {
        log.mark();
        startNanos = nanoClock.getAsLong();
    }

    /** Takes a message from the worker. */
    void accept(Message message) throws IOException {
        switch (message.kind()) {
            case "imported" -> {
                beginNanos = nanoClock.getAsLong();
                begin();
            }
            case "start" -> {
                current = message.field(0);
                begin();
            }
            case "done" -> {
                results.put(current, result(current, Outcome.of(message.field(1)), message.field(2)));
                previous = current;
                current = null;
                // Whatever is written until the next test starts is a fixture's.
                begin();
            }
            case "fixture" -> {
                if (fixture == null || fixture.outcome() != Outcome.FAIL) {
                    fixture = result("", Outcome.of(message.field(0)), message.field(1));
                }
            }
            case "end" -> {
                altered = message.field(0).equals("1");
                end();
            }
            default -> throw new IOException("the driver sent an unknown message: " + message);
        }
    }

    private void end() throws IOException {
        ended = true;
        time = Duration.ofNanos(nanoClock.getAsLong() - beginNanos);
        if (fixture != null) {
            applyToRest(fixture);
            if (fixture.outcome() == Outcome.FAIL) {
                applyToPassed(fixture);
            }
        }
        if (!left().isEmpty()) {
            applyToRest(result("", Outcome.FAIL, "the test was not run"));
        }
    }

    /** The worker is lost: whatever it was doing has failed. */
    void lost(String reason) throws IOException {
        time = Duration.ofNanos(nanoClock.getAsLong() - beginNanos);
        if (current != null) {
            results.put(current, result(current, Outcome.FAIL, reason));
            current = null;
        } else if (previous == null) {
            applyToRest(result("", Outcome.FAIL, "setUpClass or setUpModule: " + reason));
        } else if (left().isEmpty()) {
            applyToPassed(result("", Outcome.FAIL, "tearDownClass or tearDownModule: " + reason));
        } else {
            results.put(previous, result(previous, Outcome.FAIL, "after the test: " + reason));
        }
    }

    private TestResult result(String method, Outcome outcome, String text) throws IOException {
        Duration time = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
        return new TestResult(name(method), outcome, text, outcome == Outcome.FAIL ? log.sinceMark() : "", time, false);
    }

    private TestName name(String method) {
        return new TestName(tests.name(), method);
    }

    private void applyToRest(TestResult cause) {
        left().forEach(method -> results.put(method, withName(cause, method, Duration.ZERO)));
    }

    private void applyToPassed(TestResult cause) {
        results.replaceAll((method, result) ->
                result.outcome() == Outcome.PASS ? withName(cause, method, result.time()) : result);
    }

    private TestResult withName(TestResult cause, String method, Duration time) {
        return new TestResult(name(method), cause.outcome(), cause.text(), cause.output(), time, false);
    }

    /** Returns how long the tests and their fixtures took, up to the end or the loss of the worker. */
    Duration time() {
        return time;
    }

    /** Returns whether the worker has said that it is ready. */
    boolean ended() {
        return ended;
    }

    /** Returns whether the tests left processes or threads behind, which CPython's tests only warn of. */
    boolean altered() {
        return altered;
    }

    /** Returns what became of the tests, in the order in which they ended. */
    List<TestResult> results() {
        return List.copyOf(results.values());
    }

    /** Returns the tests of which it is not known yet. */
    List<String> left() {
        List<String> left = new ArrayList<>(tests.methods());
        left.removeAll(results.keySet());
        return left;
    }
}
