package org.polyproc.trace;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Spans as rectangles of a still picture. A span of at least a pixel is a rectangle of its own; of those that are shorter, a pixel's
 * column shows by its height how much of the time they took, so a hundred thousand need no more room than the picture is wide.
 * Confined to one thread.
 */
final class Bars {

    /** How many heights a column can have. */
    private static final double STEPS = 8;

    private final double nanosPerPixel;
    private final double[] none;
    private final List<Bar> bars = new ArrayList<>();
    /** By kind and pixel: which part of the pixel's time. */
    private final Map<Span.Kind, double[]> shares = new EnumMap<>(Span.Kind.class);

    /**
     * A rectangle.
     *
     * @param kind  what it shows
     * @param x     its left edge, in pixels
     * @param width in pixels
     * @param low   where it begins, as a part of the row's height from the bottom
     * @param high  where it ends, likewise
     * @param span  what it shows if that is one span, or null
     */
    record Bar(Span.Kind kind, double x, double width, double low, double high, Span span) {
    }

    /** Makes rectangles for a picture of that many pixels for so much time. */
    Bars(int pixels, long nanos) {
        nanosPerPixel = Math.max(1, nanos) / (double) pixels;
        none = new double[pixels];
    }

    void add(Span span) {
        double x = span.begin() / nanosPerPixel;
        double width = span.length() / nanosPerPixel;
        if (width >= 1) {
            bars.add(new Bar(span.kind(), x, width, 0, 1, span));
        } else {
            int pixel = Math.min((int) x, none.length - 1);
            double next = Math.min(width, Math.max(0, x + width - pixel - 1));
            double[] share = shares.computeIfAbsent(span.kind(), _ -> none.clone());
            share[pixel] += width - next;
            if (next > 0 && pixel + 1 < none.length) {
                share[pixel + 1] += next;
            }
        }
    }

    /** Returns the rectangles; one that hides another comes later. */
    List<Bar> bars() {
        double[] low = none.clone();
        List<Bar> all = new ArrayList<>(bars);
        shares.forEach((kind, share) -> {
            double[] high = new double[share.length];
            for (int pixel = 0; pixel < share.length; pixel++) {
                double part = share[pixel] == 0 ? 0 : Math.max(1, Math.round(share[pixel] * STEPS)) / STEPS;
                high[pixel] = Math.min(1, low[pixel] + part);
            }
            for (int pixel = 0, next; pixel < share.length; pixel = next) {
                next = pixel + 1;
                while (next < share.length && low[next] == low[pixel] && high[next] == high[pixel]) {
                    next++;
                }
                if (high[pixel] > low[pixel]) {
                    all.add(new Bar(kind, pixel, next - pixel, low[pixel], high[pixel], null));
                }
            }
            System.arraycopy(high, 0, low, 0, low.length);
        });
        return all;
    }
}
