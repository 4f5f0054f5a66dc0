package org.polyproc.bench;

import java.util.List;

/**
 * The times of the rounds of one benchmark on one interpreter.
 *
 * @param seconds the time of one operation, in seconds, of each round; at least one
 */
public record Samples(List<Double> seconds) {

    /** Checks that there is a round. */
    public Samples {
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one round: seconds=[]");
        }
        seconds = List.copyOf(seconds);
    }

    /** Returns the time in the middle, or the mean of the two there. */
    public double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns how far the slowest and the fastest round are apart, as a part of the median. */
    public double spread() {
        double slowest = seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double fastest = seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        return (slowest - fastest) / median();
    }
}
