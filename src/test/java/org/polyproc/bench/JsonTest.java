package org.polyproc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void anObjectOfStringsAndNumbersIsRead() {
        assertEquals(Map.of("round", 1.0, "seconds", 2.5e-7, "text", "a, \"b\": {c}\\\n\u00e4"),
                Json.read(" {\"round\": 1, \"seconds\": 2.5e-07, \"text\": \"a, \\\"b\\\": {c}\\\\\\n\\u00e4\"}\n"));
        assertEquals(Map.of(), Json.read("{ }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"a\": 1", "{\"a\": 1,}", "{\"a\": [1]}", "{\"a\": 1 \"b\": 2}", "{a: 1}",
        "{\"a\": 1-2}", "{\"a\": \"x}"})
    void whatIsNoSuchObjectIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }

    @Test
    void whatIsWrittenIsIndented() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("a", List.of(1, 2.5));
        object.put("b", List.of(Map.of("x", "\"\\\n\u00e4")));
        object.put("c", Map.of());
        object.put("d", List.of());
        object.put("e", null);
        object.put("f", true);
        assertEquals("""
                {
                  "a": [1, 2.5],
                  "b": [
                    {
                      "x": "\\"\\\\\\u000a\u00e4"
                    }
                  ],
                  "c": {},
                  "d": [],
                  "e": null,
                  "f": true
                }
                """, Json.write(object));
    }
}
