package org.polyproc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void theMedianIsInTheMiddle() {
        assertEquals(2.0, new Samples(List.of(9.0, 1.0, 2.0)).median());
        assertEquals(2.5, new Samples(List.of(9.0, 3.0, 1.0, 2.0)).median());
        assertEquals(4.0, new Samples(List.of(4.0)).median());
    }

    @Test
    void theSpreadIsThatOfTheSlowestAndTheFastestRound() {
        assertEquals(0.5, new Samples(List.of(2.0, 2.5, 1.5)).spread());
        assertEquals(0.0, new Samples(List.of(2.0)).spread());
    }

    @Test
    void thereIsARound() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Samples(List.of()));
        assertEquals("there must be at least one round: seconds=[]", e.getMessage());
    }

    @Test
    void aRatioIsOneOfMedians() {
        Samples slow = new Samples(List.of(0.1, 0.3, 0.2));
        Samples fast = new Samples(List.of(0.4, 0.4, 9.0));
        Result result = new Result("x", "", 0.5, slow, fast);
        assertEquals(0.5, result.ratio());
        assertEquals(true, result.meetsBar());
        assertEquals(false, new Result("x", "", 0.49, slow, fast).meetsBar());
    }
}
