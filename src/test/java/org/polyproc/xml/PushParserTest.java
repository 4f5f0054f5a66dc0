package org.polyproc.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PushParserTest {

    private static String parse(PushParser parser, String piece, boolean isLast) throws InterruptedException {
        return parser.parse(piece.getBytes(StandardCharsets.UTF_8), isLast).replace('\0', ' ');
    }

    @Test
    void eachPieceIsAnsweredWithWhatIsInIt() throws InterruptedException {
        PushParser parser = new PushParser(null, false);
        assertEquals("< 1 0 document 0 ", parse(parser, "<document>", false));
        assertEquals("", parse(parser, "<a b", false));
        assertEquals("< 1 10 a 1 b c 1 > 1 20 a ", parse(parser, "='c'/>", false));
        assertEquals("> 1 20 document ", parse(parser, "</document>", true));
    }

    @Test
    void namesAreResolvedToNamespaces() throws InterruptedException {
        assertEquals("n 1 0 p u < 1 0 u\1a\1p 0 > 1 18 u\1a\1p N 1 18 p ",
                parse(new PushParser(null, true), "<p:a xmlns:p='u'/>", true));
    }

    @Test
    void errorsHaveTheirNumbersInEveryLanguage() throws InterruptedException {
        Locale locale = Locale.getDefault();
        try {
            for (Locale other : new Locale[] {Locale.GERMAN, Locale.JAPANESE, Locale.ROOT}) {
                Locale.setDefault(other);
                assertTrue(parse(new PushParser(null, false), "<a></b>", true).endsWith("! 1 5 7 "));
            }
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void anExternalEntityIsEmptyWhereverItIs() throws InterruptedException {
        String found = parse(new PushParser(null, false),
                "<!DOCTYPE a SYSTEM 'file:///none' [<!ENTITY b SYSTEM 'http://localhost/none'>]><a>&b;</a>", true);
        assertTrue(found.contains("X 1 82 b http://localhost/none \uffff 0 > "), found);
    }

    @Test
    void nothingComesAfterTheEnd() throws InterruptedException {
        PushParser parser = new PushParser(null, false);
        parse(parser, "<a/>", true);
        assertEquals("", parse(parser, "<b/>", true));
    }
}
