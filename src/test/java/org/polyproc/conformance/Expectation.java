package org.polyproc.conformance;

/**
 * What is expected of a test, and why.
 *
 * @param reason why the test does not pass; empty if it does
 */
record Expectation(TestName name, Expected expected, String reason) implements Comparable<Expectation> {

    /** What a reason starts with that nobody has given yet. */
    static final String TODO = "TODO";

    /**
     * Returns the expectation that a line holds: {@code EXPECTED CLASS.METHOD REASON}.
     *
     * @throws IllegalArgumentException if the line is something else
     */
    static Expectation parse(String line) {
        String[] fields = line.strip().split("\\s+", 3);
        if (fields.length < 2) {
            throw new IllegalArgumentException("an expectation is EXPECTED CLASS.METHOD REASON: " + line);
        }
        return new Expectation(TestName.parse(fields[1]), Expected.of(fields[0]), fields.length < 3 ? "" : fields[2]);
    }

    /** Returns whether the reason is there exactly if one is needed: for all that does not just pass. */
    boolean hasItsReason() {
        return expected == Expected.PASS ? reason.isEmpty() : !reason.isEmpty() && !reason.startsWith(TODO);
    }

    /** Returns the expectation of what a test's result is now; the reason stays, unless there is nothing to explain any more. */
    static Expectation of(TestResult result, Expectation former) {
        if (former != null && former.expected().allows(result.outcome())) {
            return former;
        }
        boolean explained = former != null && former.expected() != Expected.PASS;
        String reason = result.outcome() == Outcome.PASS ? ""
                : explained ? former.reason()
                : (TODO + " " + result.summary()).strip();
        return new Expectation(result.name(), Expected.of(result.outcome()), reason);
    }

    @Override
    public int compareTo(Expectation other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return (expected.word() + " " + name + "  " + reason).strip();
    }
}
