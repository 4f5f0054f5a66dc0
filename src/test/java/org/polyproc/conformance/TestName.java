package org.polyproc.conformance;

import java.util.Comparator;

/** The name of a test: its class, which is unique among all suites, and its method. */
record TestName(String className, String method) implements Comparable<TestName> {

    private static final Comparator<TestName> ORDER =
            Comparator.comparing(TestName::className).thenComparing(TestName::method);

    /**
     * Returns the name that {@code CLASS.METHOD} is.
     *
     * @throws IllegalArgumentException if the text is no such name
     */
    static TestName parse(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            throw new IllegalArgumentException("a test is named CLASS.METHOD: " + text);
        }
        return new TestName(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(TestName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return className + "." + method;
    }
}
