package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of plain data; that Python writes and reads the same ones is for the tests of queues. */
class PlainPickleTest {

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsWrittenIsRead() {
        List<Object> value = Arrays.asList(null, true, false, 0L, -1L, 255L, 65536L, Long.MAX_VALUE, Long.MIN_VALUE, 1.5, -0.0,
                Double.NaN, "", "a\0\u00e4\ud83d\ude00", "x".repeat(1000), List.of(), Map.of(), List.of(List.of(1L)),
                Map.of("k", Map.of("l", List.of("m"))));
        assertEquals(value, PlainUnpickler.load(PlainPickle.dump(Handover.copy(value))));
        assertEquals(7L, PlainUnpickler.load(PlainPickle.dump(7)));
        byte[] bytes = {0, -1, 127};
        assertArrayEquals(bytes, (byte[]) PlainUnpickler.load(PlainPickle.dump(bytes)));
    }

    /** Made by CPython 3.11: protocols 2 to 5 of {@code [1, 300, 70000, 1 << 40, -5, 2.5, 'ab', 'ab', (1, 2), (), {'a': None}]}. */
    @ParameterizedTest
    @ValueSource(strings = {
        "\200\002]q\000(K\001M,\001Jp\021\001\000\212\006\000\000\000\000\000\001J\373\377\377\377G@\004\000\000\000\000\000\000"
                + "X\002\000\000\000abq\001h\001K\001K\002\206q\002)}q\003X\001\000\000\000aq\004Nse.",
        "\200\004\225;\000\000\000\000\000\000\000]\224(K\001M,\001Jp\021\001\000\212\006\000\000\000\000\000\001J\373\377\377\377"
                + "G@\004\000\000\000\000\000\000\214\002ab\224h\001K\001K\002\206\224)}\224\214\001a\224Nse.",
    })
    void whatCPythonWritesIsRead(String pickle) {
        assertEquals(Arrays.asList(1L, 300L, 70000L, 1L << 40, -5L, 2.5, "ab", "ab", List.of(1L, 2L), List.of(),
                Collections.singletonMap("a", null)), PlainUnpickler.load(latin1(pickle)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\\x80\\x04\\x8c\\x02os\\x8c\\x06system\\x93\\x8c\\x02ls\\x85R. | found os.system",
        "cos\\nsystem\\n. | found opcode 0x63",
        "\\x80\\x04\\x8f. | found opcode 0x8f",
        "\\x8a\\x09\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80\\x00. | an int for Java must fit into 64 bits",
        "}K\\x01K\\x02s. | keys of a dict for Java must be str",
        "\\x8c\\x03\\xed\\xa0\\x80. | a str for Java must have no half of a surrogate pair",
        "]\\x94h\\x00a. | what Java is given must not contain itself, nor be deeper than 1000",
    })
    void whatIsNoPlainDataIsRefused(String escaped, String message) {
        byte[] pickle = latin1(unescape(escaped));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PlainUnpickler.load(pickle));
        assertTrue(e.getMessage().endsWith(message), e.getMessage());
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (text.startsWith("\\n", i)) {
                plain.append('\n');
                i++;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    @Test
    void depthHasALimit() {
        assertThrows(IllegalArgumentException.class, () -> PlainUnpickler.load(latin1("]" + "]".repeat(100_000) + "a".repeat(100_000) + ".")));
    }

    @Test
    void whatIsNoPickleIsRefusedWhateverItIs() {
        SplittableRandom random = new SplittableRandom(1);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            try {
                PlainUnpickler.load(bytes);
                read++;
            } catch (IllegalArgumentException e) {
                // As it must be.
            }
        }
        assertTrue(read > 0, "some of them are pickles");
    }

    @Test
    void aHalfOfAPairOfSurrogatesIsNoText() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PlainPickle.dump("\ud800"));
        assertEquals("a string must have no half of a surrogate pair", e.getMessage());
    }
}
