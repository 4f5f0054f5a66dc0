package org.polyproc.trace;

import java.io.IOException;

/** The legend of a still picture: a small bar and a few words for each colour that occurs. Confined to one thread. */
final class SvgLegend {

    static final int HEIGHT = 56;
    private static final int LINE = 20;
    private static final int SWATCH = 26;

    private final Timeline timeline;
    private final SvgText svg;
    private double x;
    private double y;
    private int right;

    SvgLegend(Timeline timeline, SvgText svg) {
        this.timeline = timeline;
        this.svg = svg;
    }

    void write(int left, int top, int end) throws IOException {
        x = left;
        y = top;
        right = end;
        for (Span.Kind kind : SvgTimeline.kinds(timeline)) {
            entry(left, kind.name(), kind.label());
        }
        entry(left, "", "printed line");
    }

    private void entry(int left, String kind, String label) throws IOException {
        double width = SWATCH + 8 + label.length() * SvgText.BAR_CHARACTER + 18;
        if (x + width > right) {
            x = left;
            y += LINE;
        }
        if (kind.isEmpty()) {
            svg.line(x + SWATCH / 2.0, y, x + SWATCH / 2.0, y + 11, "mark");
        } else {
            int height = kind.equals(Span.Kind.HOLD.name()) ? SvgLane.HOLD : 12;
            svg.rect(x, y + (12 - height) / 2.0, SWATCH, height, kind, "");
        }
        svg.text(x + SWATCH + 8, y + 10, "legend", label);
        x += width;
    }
}
