package org.polyproc.compare;

/** How many states may still be visited. Confined to one thread. */
final class Budget {

    private long left;

    Budget(long limit) {
        left = limit;
    }

    /** Takes one visit; false if none is left. */
    boolean take() {
        return left-- > 0;
    }

    /** Whether no visit is left. */
    boolean spent() {
        return left <= 0;
    }
}
