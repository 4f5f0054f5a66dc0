package org.polyproc.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report of a comparison: a headline, then the reference on the left and the run on the right around the first
 * difference, then the lines missing and the lines too many. The right-hand lines follow the reference as far as they
 * legally can, each behind the name of its process. Between the columns stands {@code │} where the lines are equal,
 * {@code <} or {@code >} where only one side has the line, {@code ≠} where they differ. Everything fits the width but the
 * headline, which is a sentence and is not wrapped. Texts cannot disturb the terminal: control characters are shown as
 * escapes. Every code point counts as one column; East-Asian wide characters and combining marks are not measured.
 * Immutable, hence safe for use by several threads.
 *
 * @param width  of the terminal, in columns
 * @param before how many rows stand before the first difference at most
 * @param after  how many rows stand after the row of the first difference at most
 * @param colour whether to use ANSI colours: one for each process, red for what differs
 */
public record SideBySide(int width, int before, int after, boolean colour) {

    /** The smallest width, in columns. */
    public static final int MIN_WIDTH = 40;
    /** 80 columns, 5 rows before and 10 after the first difference, no colour. */
    public static final SideBySide DEFAULT = new SideBySide(80, 5, 10, false);

    /** How many lines each list under the table shows. */
    private static final int LISTED = 5;

    /**
     * Makes a report's options.
     *
     * @throws IllegalArgumentException if the width is too small or a number of rows is negative
     */
    public SideBySide {
        if (width < MIN_WIDTH) {
            throw new IllegalArgumentException("the width must be at least " + MIN_WIDTH + " columns: width=" + width);
        }
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException(
                    "the numbers of rows must not be negative: before=" + before + " after=" + after);
        }
    }

    /**
     * The same options for another width.
     *
     * @param columns the width of the terminal
     * @return new options
     * @throws IllegalArgumentException if the width is too small
     */
    public SideBySide withWidth(int columns) {
        return new SideBySide(columns, before, after, colour);
    }

    /**
     * The same options with other numbers of rows.
     *
     * @param rowsBefore how many rows stand before the first difference at most
     * @param rowsAfter  how many rows stand after the row of the first difference at most
     * @return new options
     * @throws IllegalArgumentException if a number is negative
     */
    public SideBySide withContext(int rowsBefore, int rowsAfter) {
        return new SideBySide(width, rowsBefore, rowsAfter, colour);
    }

    /**
     * The same options with or without colour.
     *
     * @param coloured whether to use ANSI colours
     * @return new options
     */
    public SideBySide withColour(boolean coloured) {
        return new SideBySide(width, before, after, coloured);
    }

    /**
     * Renders a verdict. An equivalent run is only summed up.
     *
     * @param verdict what to report
     * @return lines that end with {@code \n}
     */
    public String render(Verdict verdict) {
        List<String> lines = switch (verdict) {
            case Verdict.Equivalent equivalent -> List.of(equivalent.summary());
            case Verdict.Undecided undecided -> table(undecided, "where the search ended");
            case Verdict.Different different -> {
                List<String> report = table(different, different.longest() ? "first difference" : "where the search ended");
                Names names = new Names(different.arrangement(), colour);
                Listing listing = new Listing(width, LISTED, names);
                report.addAll(listing.next(different.arrangement().next()));
                report.addAll(listing.counted("missing from the run", different.missing()));
                report.addAll(listing.counted("too many in the run", different.extra()));
                yield report;
            }
        };
        return String.join("\n", lines) + "\n";
    }

    private List<String> table(Verdict verdict, String mark) {
        Arrangement arrangement = verdict.arrangement();
        int place = arrangement.length();
        int from = Math.max(0, place - before);
        List<Row> equal = IntStream.range(from, place).mapToObj(line -> new Row(Row.Kind.EQUAL, line + 1,
                arrangement.reference().get(line), arrangement.followed().get(line))).toList();
        Continuation continuation = new Continuation(arrangement);
        List<Row> different = continuation.rows(after + 1);

        Names names = new Names(arrangement, colour);
        List<Row> all = new ArrayList<>(equal);
        all.addAll(different);
        Columns columns = Columns.of(width, all, names);
        List<String> lines = new ArrayList<>(List.of(names.red(verdict.summary()), "", columns.titles()));
        if (from > 0) {
            lines.add("… " + Headline.count(from, "equal line") + " …");
        }
        equal.forEach(row -> lines.add(columns.row(row)));
        lines.add(names.red(columns.rule(mark)));
        different.forEach(row -> lines.add(columns.row(row)));
        if (continuation.referenceLeft() + continuation.runLeft() > 0) {
            lines.add(columns.more(continuation.referenceLeft(), continuation.runLeft()));
        }
        return lines;
    }
}
