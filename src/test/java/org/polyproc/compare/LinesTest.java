package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void anEmptyTextHasNoLines() {
        assertEquals(List.of(), Lines.split(""));
        assertEquals(List.of(""), Lines.split("\n"));
        assertEquals(List.of("", ""), Lines.split("\n\r\n"));
    }

    @Test
    void aMissingFinalLineEndIsNoDifference() {
        assertEquals(List.of("a", "b"), Lines.split("a\nb"));
        assertEquals(List.of("a", "b"), Lines.split("a\nb\n"));
        assertEquals(List.of("a", "b"), Lines.split("a\r\nb\r\n"));
        assertEquals(List.of("a", "", "b", ""), Lines.split("a\n\nb\n\n"));
    }

    @Test
    void aCarriageReturnElsewhereBelongsToItsLine() {
        assertEquals(List.of("10%\r20%", "a\r", "b\r"), Lines.split("10%\r20%\r\na\r\r\nb\r"));
    }

    @Test
    void surplusCountsInOrderOfAppearance() {
        Map<String, Integer> surplus = Lines.surplus(List.of("z", "a", "b", "a", "a"), List.of("a", "b", "b", "c"));
        assertEquals(List.of("z", "a"), List.copyOf(surplus.keySet()));
        assertEquals(Map.of("z", 1, "a", 2), surplus);
    }

    @Test
    void aLineHoldsNoLineFeed() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new OutputLine(1, "p", "a\nb"));
        assertEquals("a line must not hold a line feed: text=\"a\\nb\"", refused.getMessage());
        assertThrows(NullPointerException.class, () -> new OutputLine(1, null, "a"));
        assertThrows(NullPointerException.class, () -> new OutputLine(1, "p", null));
    }
}
