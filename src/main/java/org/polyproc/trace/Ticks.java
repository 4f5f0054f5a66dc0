package org.polyproc.trace;

import java.math.BigDecimal;

/** The marks of a time axis. Stateless, hence safe for use by several threads. */
final class Ticks {

    private Ticks() {
    }

    /** Returns 1, 2 or 5 times a power of ten nanoseconds, so that a length has at most {@code most} steps. */
    static long step(long length, int most) {
        long power = 1;
        while (true) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (length / step <= most) {
                    return step;
                }
            }
            power *= 10;
        }
    }

    /** Returns a time of an axis in the unit that suits its steps: {@code 0}, {@code 2.5 s}, {@code 40 ms}. */
    static String label(long time, long step) {
        if (time == 0) {
            return "0";
        }
        int digits = step >= 100_000_000 ? 9 : step >= 100_000 ? 6 : step >= 100 ? 3 : 0;
        String unit = switch (digits) {
            case 9 -> " s";
            case 6 -> " ms";
            case 3 -> " µs";
            default -> " ns";
        };
        return BigDecimal.valueOf(time, digits).stripTrailingZeros().toPlainString() + unit;
    }
}
