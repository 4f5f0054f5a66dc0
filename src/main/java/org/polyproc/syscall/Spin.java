package org.polyproc.syscall;

import java.util.function.BooleanSupplier;

/**
 * Waits for a few microseconds without giving the processor up. What another process is about to do on another processor is often
 * done before this thread could have been put to sleep and woken, which takes longer than that: so a wait costs at most twice what it
 * would without spinning (see Karlin and others, "Competitive Randomized Algorithms for Non-Uniform Problems", 1990).
 */
final class Spin {

    /** How often to look; with a pause of some 40 to 140 cycles between, 2 to 10 us. */
    private static final int ROUNDS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;

    private Spin() {
    }

    /**
     * Waits until something is so, for a short time.
     *
     * @return whether it is
     */
    static boolean until(BooleanSupplier condition) {
        for (int i = 0; i < ROUNDS; i++) {
            Thread.onSpinWait();
            if (condition.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }
}
