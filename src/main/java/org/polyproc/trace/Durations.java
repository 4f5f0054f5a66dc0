package org.polyproc.trace;

import java.util.Locale;

/** Durations for people. Stateless, hence safe for use by several threads. */
final class Durations {

    private Durations() {
    }

    /** A duration with three digits at least: {@code 850 ns}, {@code 12.3 ms}, {@code 5.02 s}, {@code 2 min 3 s}. */
    static String text(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 999_500) {
            return digits(nanos / 1e3) + " µs";
        }
        if (nanos < 999_500_000) {
            return digits(nanos / 1e6) + " ms";
        }
        if (nanos < 99_950_000_000L) {
            return digits(nanos / 1e9) + " s";
        }
        long seconds = Math.round(nanos / 1e9);
        return seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }
}
