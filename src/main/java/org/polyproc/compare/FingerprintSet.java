package org.polyproc.compare;

/**
 * A set of 128-bit fingerprints in an open-addressed table: 16 bytes for each slot, at most three quarters of them used.
 * Confined to one thread.
 */
final class FingerprintSet {

    /** Pairs: high half, low half. The pair 0, 0 marks a free slot. */
    private long[] slots = new long[2 << 10];
    private int size;

    /** Whether a fingerprint was added. */
    boolean contains(long high, long low) {
        int slot = find(slots, high, low);
        return slots[slot] == high && slots[slot + 1] == low && (high | low) != 0;
    }

    /** Adds a fingerprint; 0, 0 is never stored, which only costs the caller a repeated visit. */
    void add(long high, long low) {
        if ((high | low) == 0 || contains(high, low)) {
            return;
        }
        if (size >= slots.length / 2 / 4 * 3) {
            grow();
        }
        put(slots, high, low);
        size++;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int slot = 0; slot < slots.length; slot += 2) {
            if ((slots[slot] | slots[slot + 1]) != 0) {
                put(larger, slots[slot], slots[slot + 1]);
            }
        }
        slots = larger;
    }

    private static void put(long[] slots, long high, long low) {
        int slot = find(slots, high, low);
        slots[slot] = high;
        slots[slot + 1] = low;
    }

    /** The slot of a fingerprint, or the free slot where it belongs. */
    private static int find(long[] slots, long high, long low) {
        int mask = slots.length - 1;
        int slot = ((int) (low ^ (high >>> 32)) << 1) & mask;
        while ((slots[slot] | slots[slot + 1]) != 0 && (slots[slot] != high || slots[slot + 1] != low)) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }
}
