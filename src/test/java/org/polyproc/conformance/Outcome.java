package org.polyproc.conformance;

import java.util.Locale;

/** What becomes of a test. */
enum Outcome {
    PASS("passed"),
    FAIL("failed"),
    SKIP("skipped");

    private final String participle;

    Outcome(String participle) {
        this.participle = participle;
    }

    /** Returns the outcome in a sentence: {@code passed}, {@code failed} or {@code skipped}. */
    String participle() {
        return participle;
    }

    /** Returns the outcome as the driver writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the outcome that a word stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static Outcome of(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("an outcome is pass, fail or skip: " + word);
    }
}
