package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {

    @Test
    void holdsWhatWasAddedAndNothingElse() {
        Random random = new Random(5);
        FingerprintSet fingerprints = new FingerprintSet();
        Set<List<Long>> model = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            // Equal halves share their slot, and slots are found by the lower half.
            long high = random.nextInt(10);
            long low = (1 + random.nextInt(10_000)) * 0x9E3779B97F4A7C15L;
            assertEquals(model.contains(List.of(high, low)), fingerprints.contains(high, low));
            if (random.nextBoolean()) {
                fingerprints.add(high, low);
                model.add(List.of(high, low));
            }
        }
        model.forEach(pair -> assertTrue(fingerprints.contains(pair.get(0), pair.get(1))));
    }

    @Test
    void theMarkOfAFreeSlotIsNeverContained() {
        FingerprintSet fingerprints = new FingerprintSet();
        fingerprints.add(0, 0);
        assertFalse(fingerprints.contains(0, 0));
    }
}
