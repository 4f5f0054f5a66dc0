package org.polyproc.trace;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans and marks as few bytes: each field is a number of seven bits a byte, the lowest first, the eighth bit set in all bytes but
 * the last; texts are numbers of a table.
 * <pre>
 *   span   kind*2+complete | thread | begin - the one before | length | object | detail | where
 *   mark   kind            | time - the one before | object | amount | text | where
 *   depth  channel         | time - the one before | depth
 * </pre>
 * The page's file {@code data.js} reads them. Confined to one thread.
 */
final class Packed {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> texts;

    /** Makes a packer that shares a table of texts with others. */
    Packed(Map<String, Integer> texts) {
        this.texts = texts;
    }

    /** Makes a table of texts, whose first is the empty one. */
    static Map<String, Integer> table() {
        return new LinkedHashMap<>(Map.of("", 0));
    }

    Packed spans(List<Span> spans) {
        long before = 0;
        for (Span span : spans) {
            number(span.kind().ordinal() * 2L + (span.complete() ? 1 : 0));
            number(span.thread());
            number(span.begin() - before);
            number(span.length());
            number(span.object());
            number(span.detail());
            text(span.where());
            before = span.begin();
        }
        return this;
    }

    Packed marks(List<Mark> marks) {
        long before = 0;
        for (Mark mark : marks) {
            number(mark.kind().ordinal());
            number(mark.time() - before);
            number(mark.object());
            number(mark.amount());
            text(mark.text());
            text(mark.where());
            before = mark.time();
        }
        return this;
    }

    Packed depths(List<Timeline.Depth> depths) {
        long before = 0;
        for (Timeline.Depth depth : depths) {
            number(depth.channel());
            number(depth.time() - before);
            number(depth.depth());
            before = depth.time();
        }
        return this;
    }

    private void text(String text) {
        number(texts.computeIfAbsent(text, _ -> texts.size()));
    }

    private void number(long value) {
        long rest = Math.max(0, value);
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** The bytes as a text of ASCII characters. */
    String base64() {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The texts in the order of their numbers. */
    static List<String> texts(Map<String, Integer> table) {
        return new ArrayList<>(table.keySet());
    }
}
