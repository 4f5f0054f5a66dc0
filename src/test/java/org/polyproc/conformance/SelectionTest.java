package org.polyproc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Suite SUITE = new Suite("test.module", "*");
    private static final TestClass A = new TestClass(SUITE, "A", List.of("test_1", "test_2"));
    private static final TestClass AB = new TestClass(SUITE, "AB", List.of("test_1"));

    private static List<TestClass> select(String... names) {
        return new Selection(List.of(names)).of(List.of(A, AB));
    }

    @Test
    void noNamesAreAllTests() {
        assertEquals(List.of(A, AB), select());
    }

    @Test
    void aNameIsAClassOrATest() {
        assertEquals(List.of(A), select("A"));
        assertEquals(List.of(A.with(List.of("test_2"))), select("A.test_2"));
        assertEquals(List.of(A, AB), select("A*"));
        assertEquals(List.of(A.with(List.of("test_1")), AB), select("*.test_1"));
    }

    @Test
    void aNameThatMatchesNothingIsNamed() {
        assertEquals("there is no such test or class of tests: A.test_",
                assertThrows(IllegalArgumentException.class, () -> select("A", "A.test_")).getMessage());
    }
}
