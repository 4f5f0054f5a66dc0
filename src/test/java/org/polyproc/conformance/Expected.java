package org.polyproc.conformance;

import java.util.Locale;
import java.util.Set;

/** What a test is expected to do. */
enum Expected {
    PASS(Outcome.PASS),
    FAIL(Outcome.FAIL),
    SKIP(Outcome.SKIP),
    /** It passes in one run and fails in another, by chance; the reason says what the chance is. */
    VARIES(Outcome.PASS, Outcome.FAIL);

    private final Set<Outcome> outcomes;

    Expected(Outcome... outcomes) {
        this.outcomes = Set.of(outcomes);
    }

    /** Returns whether an outcome is one of those expected. */
    boolean allows(Outcome outcome) {
        return outcomes.contains(outcome);
    }

    /** Returns the expectation as the list of expectations writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what expects an outcome and no other. */
    static Expected of(Outcome outcome) {
        return valueOf(outcome.name());
    }

    /**
     * Returns the expectation that a word stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static Expected of(String word) {
        for (Expected expected : values()) {
            if (expected.word().equals(word)) {
                return expected;
            }
        }
        throw new IllegalArgumentException("what is expected of a test is pass, fail, skip or varies: " + word);
    }
}
