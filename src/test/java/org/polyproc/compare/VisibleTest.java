package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void escapesLikePythonsRepr() {
        assertEquals("a\\tb\\r\\x1b[2J\\x00\\x7f\\x9b\\xa0é", shown("a\tb\r\u001b[2J\0\u007f\u009b\u00a0é"));
        assertEquals("\\u202eabc\\u2028\\ud800\\U000f0000😀", shown("\u202eabc\u2028\ud800" + "\udb80\udc00" + "😀"));
    }

    @Test
    void differentTextsNeverLookTheSame() {
        assertNotEquals(shown("\t"), shown("\\t"));
        assertEquals("C:\\\\temp", shown("C:\\temp"));
        assertEquals("a b\\x20\\x20", shown("a b  "));
        assertEquals("\\x20", shown(" "));
    }

    @Test
    void cutsAtTheWidth() {
        assertEquals("abcde", Visible.fit("abcde", 0, 5));
        assertEquals("abcd…", Visible.fit("abcdef", 0, 5));
        assertEquals("…def", Visible.fit("abcdef", 3, 5));
        assertEquals("…bcd…", Visible.fit("abcdefgh", 1, 5));
        assertEquals("abc…", Visible.fit("abc\u001bd", 0, 5), "an escape is not cut in its middle");
        assertEquals("😀😀…", Visible.fit("😀😀😀😀", 0, 3));
    }

    @Test
    void cutsNamesAtTheirBeginning() {
        assertEquals("Process-1", Visible.fitEnd("Process-1", 9));
        assertEquals("…cess-12", Visible.fitEnd("Process-12", 8));
        assertEquals("…😀-1", Visible.fitEnd("😀😀😀-1", 4));
    }

    @Test
    void beginsWhereTheFirstDifferenceCanBeSeen() {
        assertEquals(0, Visible.start("abcd", "abcx", 12));
        String same = "0123456789".repeat(5);
        int start = Visible.start(same + "left", same + "right", 12);
        assertEquals("…6789left", Visible.fit(same + "left", start, 12));
        assertEquals("…6789right", Visible.fit(same + "right", start, 12));
        assertEquals("…6789", Visible.fit(same, Visible.start(same, same + "x", 12), 12));
    }

    @Test
    void aCutTextFitsItsWidth() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text = randomText(random);
            String other = text.substring(0, random.nextInt(text.length() + 1)) + randomText(random);
            int width = 9 + random.nextInt(30);
            for (String cut : new String[] {Visible.fit(text, Visible.start(text, other, width), width),
                    Visible.fitEnd(text, width)}) {
                assertTrue(Visible.columns(cut) <= width, cut);
                assertTrue(cut.codePoints().noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE), cut);
            }
        }
    }

    private static String randomText(Random random) {
        int[] alphabet = {'a', 'b', ' ', '\t', 0x1b, 0xe9, 0x1f600, 0xd800, 0xdc00, 0x202e, '\\', '…'};
        int[] codePoints = random.ints(random.nextInt(60), 0, alphabet.length).map(i -> alphabet[i]).toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static String shown(String text) {
        return Visible.fit(text, 0, 1000);
    }
}
