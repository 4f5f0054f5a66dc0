package org.polyproc.bench;

/**
 * What a benchmark took.
 *
 * @param name     its name
 * @param title    what an operation is
 * @param bar      the ratio that is aimed at, at most
 * @param polyproc the times of polyproc
 * @param other    the times of the other interpreter
 */
public record Result(String name, String title, double bar, Samples polyproc, Samples other) {

    /** Returns polyproc's median as a multiple of the other one's. */
    public double ratio() {
        return polyproc.median() / other.median();
    }

    /** Returns whether the bar is met. */
    public boolean meetsBar() {
        return ratio() <= bar;
    }
}
