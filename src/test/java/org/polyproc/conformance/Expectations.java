package org.polyproc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is expected of each test. As text: comments, which start with {@code #}, and one line for each test, in the order of
 * their names.
 */
final class Expectations {

    private final List<String> comments;
    private final SortedMap<TestName, Expectation> expectations;

    private Expectations(List<String> comments, SortedMap<TestName, Expectation> expectations) {
        this.comments = comments;
        this.expectations = expectations;
    }

    /** Reads a file; one that does not exist has no expectations. */
    static Expectations read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readAllLines(file)) : parse(List.of());
    }

    /**
     * Returns the expectations that lines hold.
     *
     * @throws IllegalArgumentException if a line is malformed, or not in order
     */
    static Expectations parse(List<String> lines) {
        List<String> comments = new ArrayList<>();
        NavigableMap<TestName, Expectation> expectations = new TreeMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            try {
                if (line.startsWith("#")) {
                    comments.add(line);
                } else if (!line.isBlank()) {
                    add(Expectation.parse(line), expectations);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of the expectations: " + e.getMessage(), e);
            }
        }
        return new Expectations(comments, expectations);
    }

    private static void add(Expectation expectation, NavigableMap<TestName, Expectation> expectations) {
        if (!expectations.isEmpty() && expectations.lastKey().compareTo(expectation.name()) >= 0) {
            throw new IllegalArgumentException("each test is listed once, in the order of the names: "
                    + expectation.name() + " after " + expectations.lastKey());
        }
        expectations.put(expectation.name(), expectation);
    }

    /** Returns what is expected of a test, or null if it is not listed. */
    Expectation of(TestName name) {
        return expectations.get(name);
    }

    /**
     * Compares what became of tests with what is expected of them.
     *
     * @param all whether these are all tests, so that one that is listed has to be among them
     * @return a sentence for each expectation that is not met or lacks its reason, in the order of the tests' names
     */
    List<String> deviations(Collection<TestResult> results, boolean all) {
        SortedMap<TestName, TestResult> byName = byName(results);
        TreeSet<TestName> names = new TreeSet<>(byName.keySet());
        if (all) {
            names.addAll(expectations.keySet());
        }
        return names.stream()
                .flatMap(name -> deviations(name, byName.get(name), expectations.get(name)))
                .toList();
    }

    private static Stream<String> deviations(TestName name, TestResult result, Expectation expectation) {
        List<String> deviations = new ArrayList<>();
        if (expectation == null) {
            deviations.add(name + " " + result.outcome().participle() + " and is not listed");
        } else {
            if (result == null) {
                deviations.add(name + " is listed, but there is no such test");
            } else if (!expectation.expected().allows(result.outcome())) {
                deviations.add(name + " " + result.outcome().participle() + ", but is listed as "
                        + expectation.expected().word());
            }
            if (!expectation.hasItsReason()) {
                deviations.add(expectation.expected() == Expected.PASS
                        ? name + " is listed as pass, which needs no reason: " + expectation.reason()
                        : name + " is listed as " + expectation.expected().word() + " without a reason");
            }
        }
        return deviations.stream();
    }

    private static SortedMap<TestName, TestResult> byName(Collection<TestResult> results) {
        return results.stream().collect(Collectors.toMap(TestResult::name, result -> result, (first, second) -> second,
                TreeMap::new));
    }

    /**
     * Returns expectations that the results meet; reasons stay, and where a reason has to be given it starts with {@code TODO}.
     *
     * @param all whether these are all tests, so that a listed one that is not among them does not exist any more
     */
    Expectations updated(Collection<TestResult> results, boolean all) {
        SortedMap<TestName, Expectation> updated = new TreeMap<>();
        if (!all) {
            updated.putAll(expectations);
        }
        results.forEach(result -> updated.put(result.name(), Expectation.of(result, expectations.get(result.name()))));
        return new Expectations(comments, updated);
    }

    /** Returns the expectations as text. */
    List<String> lines() {
        return Stream.concat(comments.stream(), expectations.values().stream().map(Expectation::toString)).toList();
    }
}
