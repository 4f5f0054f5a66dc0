package org.polyproc.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A timeline as a still picture for a document: light, with a legend, readable without a script. Confined to one thread.
 */
final class SvgTimeline {

    static final int WIDTH = 1200;
    private static final int LEFT = 150;
    private static final int MARGIN = 16;
    private static final int PLOT = WIDTH - LEFT - MARGIN;
    private static final int TOP = 104;

    private final Timeline timeline;
    private final Turns holds;
    private final SvgText svg;

    private SvgTimeline(Timeline timeline, Writer out) {
        this.timeline = timeline;
        holds = Turns.holds(timeline);
        svg = new SvgText(out);
    }

    /** Writes one SVG document. */
    static void write(Timeline timeline, Writer out) throws IOException {
        new SvgTimeline(timeline, out).write();
    }

    /** The place of a time from left to right. */
    private double x(long time) {
        return LEFT + PLOT * (time / (double) Math.max(1, timeline.length()));
    }

    private void write() throws IOException {
        List<SvgLane> lanes = SvgLane.of(timeline, PLOT, TOP);
        int bottom = lanes.isEmpty() ? TOP : lanes.getLast().bottom();
        int height = bottom + SvgLegend.HEIGHT + MARGIN;
        svg.open(WIDTH, height, timeline.title());
        svg.text(MARGIN, 30, "title", timeline.title());
        svg.text(MARGIN, 52, "muted", facts());
        Summary summary = Summary.of(timeline);
        if (summary.problems().isEmpty()) {
            svg.text(MARGIN, 72, "fact", longestWait(summary));
        } else {
            svg.text(MARGIN, 72, "problem", String.join(" ", summary.problems().getFirst().text()));
        }
        axis(bottom);
        for (SvgLane lane : lanes) {
            lane(lane);
        }
        for (SvgLane lane : lanes) {
            links(lane, lanes);
        }
        for (Problem problem : summary.problems()) {
            for (SvgLane lane : lanes) {
                if (problem.lanes().contains(lane.lane())) {
                    svg.rect(x(problem.begin()), lane.top(), Math.max(2, x(problem.end()) - x(problem.begin())), SvgLane.STATE,
                            "alarm", "");
                }
            }
        }
        new SvgLegend(timeline, svg).write(MARGIN, bottom + 24, WIDTH - MARGIN);
        svg.close();
    }

    private String facts() {
        int processes = timeline.lanes().size();
        return Durations.text(timeline.length()) + ", " + processes + (processes == 1 ? " process" : " processes");
    }

    private String longestWait(Summary summary) {
        Optional<Summary.Waiting> most = summary.waits().stream().filter(wait -> wait.kind() == Span.Kind.LOCK_WAIT).findFirst();
        return most.map(wait -> {
            String holder = holds.holderFor(new Turn(wait.lane(), wait.longest()))
                    .map(turn -> ", which " + turn.lane().name() + " held").orElse("");
            return wait.lane().name() + " waited " + Durations.text(wait.total()) + " for lock " + wait.object() + holder + ".";
        }).orElse("No process waited for a lock.");
    }

    private void axis(int bottom) throws IOException {
        long step = Ticks.step(timeline.length(), 10);
        for (long time = 0; time <= timeline.length(); time += step) {
            svg.line(x(time), TOP - 12, x(time), bottom, "grid");
            svg.text(x(time), TOP - 16, "tick", Ticks.label(time, step));
        }
    }

    private void lane(SvgLane row) throws IOException {
        Lane lane = row.lane();
        svg.line(MARGIN, row.top() - 8, WIDTH - MARGIN, row.top() - 8, "rule");
        svg.text(MARGIN, row.top() + 11, "name", SvgText.cut(lane.name(), 18));
        svg.text(MARGIN, row.top() + 25, "muted", "pid " + lane.pid());
        svg.text(MARGIN, row.top() + 38, lane.exitCode().orElse(0) == 0 ? "muted" : "problem", lane.ending());
        svg.rect(x(lane.begin()), row.top(), Math.max(1, x(lane.end()) - x(lane.begin())), SvgLane.STATE, "RUN", "");
        for (Bars.Bar bar : row.states()) {
            bar(bar, row.top(), SvgLane.STATE);
        }
        for (int level = 0; level < row.holds().size(); level++) {
            for (Bars.Bar bar : row.holds().get(level)) {
                bar(bar, row.holdTop(level), SvgLane.HOLD);
            }
        }
        for (SvgLane.Placed placed : row.marks()) {
            double x = x(placed.mark().time());
            svg.line(x, row.marksTop(), x, row.marksTop() + 6, placed.mark().kind() == Mark.Kind.ERROR ? "errormark" : "mark");
            if (placed.row() >= 0) {
                svg.line(x, row.marksTop() + 6, x, row.marksTop() + 10 + placed.row() * SvgLane.TEXT, "stem");
                svg.text(LEFT + placed.x(), row.marksTop() + 10 + placed.row() * SvgLane.TEXT,
                        placed.mark().kind() == Mark.Kind.ERROR ? "output problem" : "output", placed.text());
            }
        }
    }

    private void bar(Bars.Bar bar, double top, int height) throws IOException {
        double barTop = top + height * (1 - bar.high());
        double barHeight = height * (bar.high() - bar.low());
        String title = bar.span() == null ? "" : title(bar.span());
        svg.rect(LEFT + bar.x(), barTop, bar.width(), barHeight, bar.kind().name(), title);
        if (bar.span() != null && !bar.span().complete() && bar.kind() == Span.Kind.HOLD) {
            svg.rect(LEFT + bar.x(), barTop, bar.width(), barHeight, "alarm", "");
        }
        String label = bar.span() == null ? "" : SvgText.cut(title(bar.span()), (int) ((bar.width() - 8) / SvgText.BAR_CHARACTER));
        if (label.length() > 3 && height == SvgLane.STATE) {
            svg.text(LEFT + bar.x() + 5, top + 15, "bar on" + bar.kind().name(), label);
        }
    }

    private String title(Span span) {
        return Phrases.of(timeline, span, span.kind() == Span.Kind.LOCK_WAIT
                ? holds.at(span.object(), span.begin()).stream().findFirst().orElse(null) : null);
    }

    /** From where the lock was released to the end of a wait that is wide enough to be seen, just before both end. */
    private void links(SvgLane row, List<SvgLane> rows) throws IOException {
        for (Span span : row.lane().spans()) {
            if (span.kind() != Span.Kind.LOCK_WAIT || !span.complete() || x(span.end()) - x(span.begin()) < 8) {
                continue;
            }
            Optional<Turn> hold = holds.holderFor(new Turn(row.lane(), span));
            Optional<SvgLane> from = hold.flatMap(turn -> rows.stream().filter(other -> other.lane() == turn.lane()).findFirst());
            if (from.isPresent()) {
                double x = x(Math.min(span.end(), hold.get().span().end())) - 5;
                boolean down = row.top() > from.get().top();
                svg.arrow(x, from.get().holdTop(0) + SvgLane.HOLD / 2.0, x(span.end()) - 5,
                        down ? row.top() : row.top() + SvgLane.STATE);
            }
        }
    }

    /** Kinds that a timeline has, for its legend. */
    static TreeSet<Span.Kind> kinds(Timeline timeline) {
        TreeSet<Span.Kind> kinds = new TreeSet<>(List.of(Span.Kind.RUN));
        timeline.lanes().forEach(lane -> lane.spans().forEach(span -> kinds.add(span.kind())));
        return kinds;
    }
}
