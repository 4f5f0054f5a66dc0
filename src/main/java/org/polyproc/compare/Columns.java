package org.polyproc.compare;

import java.util.List;

/**
 * How the rows of a report are laid out; at least {@link SideBySide#MIN_WIDTH} columns wide:
 * <pre>
 *   number  text of the reference  sign  process  text of the run
 *      12 add1 number = 4          │ Process-1 add1 number = 4
 * </pre>
 * Immutable, hence safe for use by several threads.
 *
 * @param width  of a row, in columns
 * @param number width of the line numbers
 * @param name   width of the processes' names
 * @param left   width of the reference's texts
 * @param right  width of the run's texts
 * @param names  names and colours of the processes
 */
record Columns(int width, int number, int name, int left, int right, Names names) {

    /** One space after the number, one on each side of the sign, one after the name; and the sign itself. */
    private static final int BETWEEN = 5;

    /** Lays out: numbers and names take what they need, names at most a quarter of the width, and texts share the rest. */
    static Columns of(int width, List<Row> rows, Names names) {
        int number = rows.stream().mapToInt(row -> Integer.toString(row.number()).length()).max().orElse(1);
        int longest = rows.stream().filter(row -> row.right() != null)
                .mapToInt(row -> Visible.columns(Visible.fit(names.of(row.right()), 0, width))).max().orElse(1);
        int name = Math.min(longest, width / 4);
        int texts = width - number - name - BETWEEN;
        return new Columns(width, number, name, texts / 2, texts - texts / 2, names);
    }

    /** The line above the rows. */
    String titles() {
        return beside("reference", "run");
    }

    /** The line below the rows: how many lines of either side are in no row. */
    String more(int ofReference, int ofRun) {
        return beside(more(ofReference), more(ofRun));
    }

    private static String more(int lines) {
        return lines == 0 ? "" : "… " + Headline.number(lines) + " more …";
    }

    private String beside(String reference, String run) {
        return (" ".repeat(number + 1) + Visible.padded(reference, 0, left) + "   "
                + Visible.fit(run, 0, name + 1 + right)).stripTrailing();
    }

    /** A line across the whole width with a word in it. */
    String rule(String mark) {
        String begin = "── " + mark + " ";
        return begin + "─".repeat(Math.max(0, width - Visible.columns(begin)));
    }

    /** A row, without spaces at its end. */
    String row(Row row) {
        boolean equal = row.kind() == Row.Kind.EQUAL;
        int from = row.kind() == Row.Kind.CHANGED
                ? Visible.start(row.left(), row.right().text(), Math.min(left, right)) : 0;
        String line = row.number() == 0 ? "" : Integer.toString(row.number());
        String reference = row.left() == null ? " ".repeat(left) : Visible.padded(row.left(), from, left);
        String start = " ".repeat(number - line.length()) + line + " ";
        String sign = row.kind().sign();
        if (row.right() == null) {
            return start + names.red(reference + " " + sign);
        }
        String process = names.coloured(Visible.pad(Visible.fitEnd(names.of(row.right()), name), name), row.right());
        String text = Visible.fit(row.right().text(), from, right);
        return (start + (equal ? reference + " " + sign : names.red(reference + " " + sign)) + " " + process + " "
                + (equal ? names.coloured(text, row.right()) : names.red(text))).stripTrailing();
    }
}
