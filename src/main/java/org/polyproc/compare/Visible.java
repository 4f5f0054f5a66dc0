package org.polyproc.compare;

/**
 * Texts as a terminal can show them. What Python's {@code repr} escapes is escaped in the same way: control and format
 * characters, lone surrogates, all blanks but the space, and the backslash itself, so that two different texts never look
 * the same. A space at the end of a text is shown as {@code \x20}. Every other code point is taken for one column wide:
 * East-Asian wide characters and combining marks are not measured. Stateless, hence safe for use by several threads.
 */
final class Visible {

    private static final String CUT = "…";
    /** How many columns of a line a sentence quotes. */
    private static final int QUOTED_COLUMNS = 60;

    private Visible() {
    }

    /** A text in quotation marks, escaped and cut to a length that fits into a sentence. */
    static String quoted(String text) {
        return quoted(text, 0);
    }

    /** Like {@link #quoted(String)}, but begins at {@code from}, as {@link #start} found it. */
    static String quoted(String text, int from) {
        return '"' + fit(text, from, QUOTED_COLUMNS) + '"';
    }

    /** Where quotations of two texts have to begin in order to show the first difference of the two. */
    static int quotedStart(String text, String other) {
        return start(text, other, QUOTED_COLUMNS);
    }

    /**
     * Escapes a text from {@code from} on, and cuts it to a width.
     *
     * @param width in columns, at least 2
     */
    static String fit(String text, int from, int width) {
        StringBuilder shown = new StringBuilder(from > 0 ? CUT : "");
        int columns = shown.length();
        int cut = shown.length();
        int trailing = trailingSpaces(text);
        for (int i = from; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            String piece = piece(text.codePointAt(i), i >= trailing);
            columns += columns(piece);
            if (columns > width) {
                shown.setLength(cut);
                return shown.append(CUT).toString();
            }
            shown.append(piece);
            if (columns < width) {
                cut = shown.length();
            }
        }
        return shown.toString();
    }

    /** Like {@link #fit}, filled up with spaces. */
    static String padded(String text, int from, int width) {
        return pad(fit(text, from, width), width);
    }

    /** Fills up with spaces what is already escaped. */
    static String pad(String shown, int width) {
        return shown + " ".repeat(Math.max(0, width - columns(shown)));
    }

    /** Escapes a text and cuts it at its beginning: of a name, the end tells more. */
    static String fitEnd(String text, int width) {
        String whole = fit(text, 0, Integer.MAX_VALUE);
        if (columns(whole) <= width) {
            return whole;
        }
        int from = text.length();
        for (int columns = 1; columns < width && from > 0; ) {
            int codePoint = text.codePointBefore(from);
            columns += columns(piece(codePoint, false));
            from -= columns <= width ? Character.charCount(codePoint) : 0;
        }
        return fit(text, Math.max(from, 1), width);
    }

    /** Where two texts have to begin so that a column shows their first difference: 0 unless that is far to the right. */
    static int start(String text, String other, int width) {
        int same = 0;
        int columns = 0;
        while (same < Math.min(text.length(), other.length()) && text.charAt(same) == other.charAt(same)) {
            columns += columns(piece(text.charAt(same), false));
            same++;
        }
        if (columns <= width * 2 / 3) {
            return 0;
        }
        int start = same;
        for (int shown = 0; shown < width / 3 && start > 0; start--) {
            shown += columns(piece(text.charAt(start - 1), false));
        }
        return start > 0 && Character.isLowSurrogate(text.charAt(start)) ? start - 1 : start;
    }

    /** The width of what is already escaped, in columns. */
    static int columns(String shown) {
        return shown.codePointCount(0, shown.length());
    }

    private static int trailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private static String piece(int codePoint, boolean trailing) {
        return switch (codePoint) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\\' -> "\\\\";
            case ' ' -> trailing ? "\\x20" : " ";
            default -> isPrintable(codePoint) ? Character.toString(codePoint) : escape(codePoint);
        };
    }

    private static String escape(int codePoint) {
        String format = codePoint < 0x100 ? "\\x%02x" : codePoint < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(format, codePoint);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
