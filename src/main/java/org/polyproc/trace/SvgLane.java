package org.polyproc.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A lane of a still picture and where its parts are: the state of the main thread, the locks that are held, the lines that were
 * written. Immutable.
 *
 * @param lane   the process
 * @param top    its upper edge
 * @param states what the main thread did
 * @param holds  the locks that it held, in rows
 * @param marks  what it wrote
 */
record SvgLane(Lane lane, int top, List<Bars.Bar> states, List<List<Bars.Bar>> holds, List<Placed> marks) {

    /** Heights in pixels. */
    static final int STATE = 22;
    static final int HOLD = 8;
    static final int TEXT = 12;
    private static final int LEAST = 44;
    private static final int GAP = 18;
    private static final int HOLD_ROWS = 3;
    private static final int TEXT_ROWS = 4;
    /** More lines than these are marks without texts. */
    private static final int MOST_TEXTS = 200;
    private static final int MOST_CHARACTERS = 36;

    /**
     * A mark with its text.
     *
     * @param mark the mark
     * @param row  the row of the text, or -1 if there is no room for it
     * @param x    the left edge of the text, from that of the plot
     * @param text what is shown
     */
    record Placed(Mark mark, int row, double x, String text) {
    }

    /** Lays the lanes out, one below the other. */
    static List<SvgLane> of(Timeline timeline, int plot, int top) {
        List<SvgLane> lanes = new ArrayList<>();
        int y = top;
        for (Lane lane : timeline.lanes()) {
            SvgLane row = new SvgLane(lane, y, states(lane, plot, timeline.length()), holds(lane, plot, timeline.length()),
                    marks(lane, plot, timeline.length()));
            lanes.add(row);
            y = row.bottom();
        }
        return lanes;
    }

    private static List<Bars.Bar> states(Lane lane, int plot, long length) {
        Bars bars = new Bars(plot, length);
        lane.spans().stream().filter(span -> span.kind().isState() && span.thread() == 0).forEach(bars::add);
        return bars.bars();
    }

    private static List<List<Bars.Bar>> holds(Lane lane, int plot, long length) {
        List<Bars> rows = new ArrayList<>();
        Levels levels = new Levels();
        lane.spans().stream().filter(span -> span.kind() == Span.Kind.HOLD).forEach(span -> {
            int level = Math.min(levels.place(span), HOLD_ROWS - 1);
            if (level == rows.size()) {
                rows.add(new Bars(plot, length));
            }
            rows.get(level).add(span);
        });
        return rows.stream().map(Bars::bars).toList();
    }

    private static List<Placed> marks(Lane lane, int plot, long length) {
        List<Mark> lines = lane.marks().stream().filter(mark -> !mark.text().isEmpty()).toList();
        double[] ends = new double[TEXT_ROWS];
        List<Placed> placed = new ArrayList<>();
        double last = -1;
        for (Mark mark : lines) {
            double x = plot * (mark.time() / (double) Math.max(1, length));
            String text = SvgText.cut(mark.text().stripLeading(), MOST_CHARACTERS);
            double width = text.length() * SvgText.OUTPUT_CHARACTER;
            double left = x + 4 + width > plot ? x - 4 - width : x + 4;
            int row = lines.size() > MOST_TEXTS ? -1 : free(ends, Math.min(x, left));
            if (row >= 0) {
                ends[row] = Math.max(x, left + width) + 5;
            }
            if (row >= 0 || x - last >= 1) {
                placed.add(new Placed(mark, row, left, text));
                last = x;
            }
        }
        return placed;
    }

    private static int free(double[] ends, double x) {
        for (int row = 0; row < ends.length; row++) {
            if (ends[row] <= x) {
                return row;
            }
        }
        return -1;
    }

    int holdTop(int level) {
        return top + STATE + 2 + level * (HOLD + 1);
    }

    int marksTop() {
        return holdTop(holds.size()) + 2;
    }

    int bottom() {
        int rows = marks.stream().mapToInt(Placed::row).max().orElse(-1) + 1;
        int end = marks.isEmpty() ? marksTop() : marksTop() + 6 + Math.max(rows, 0) * TEXT;
        return Math.max(end, top + LEAST) + GAP;
    }
}
