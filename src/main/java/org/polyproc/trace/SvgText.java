package org.polyproc.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes the elements of an SVG document; all texts are escaped. Confined to one thread. */
final class SvgText {

    /** How wide a character of a text in a bar is at most, on average, in pixels. */
    static final double BAR_CHARACTER = 6.2;
    /** How wide a character of a printed line is: its font is one of equal widths. */
    static final double OUTPUT_CHARACTER = 6.05;

    /** The colours are those of Okabe and Ito, which people with any kind of colour vision tell apart. */
    private static final String STYLE = """
            <style>
            text { font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 11px; fill: #1c2430 }
            .title { font-size: 18px; font-weight: bold }
            .fact { font-size: 13px }
            .name { font-size: 12px; font-weight: bold }
            .muted, .tick { fill: #5a6472 }
            .tick { text-anchor: middle }
            .problem { fill: #b00020; font-weight: bold }
            .output { font-family: "Courier New", Courier, monospace; font-size: 10px }
            .bar { fill: #ffffff }
            .onSLEEP, .onSTART, .onPROCESS_WAIT, .onSEMAPHORE_WAIT { fill: #1c2430 }
            .grid { stroke: #e3e7ec }
            .rule { stroke: #c5ccd5 }
            .mark { stroke: #1c2430 }
            .stem { stroke: #1c2430; stroke-opacity: .25 }
            .errormark { stroke: #b00020; stroke-width: 2 }
            .RUN { fill: #009e73 }
            .START { fill: #b5ddd0 }
            .LOCK_WAIT { fill: url(#wait) }
            .SEMAPHORE_WAIT { fill: #e69f00 }
            .HOLD { fill: #0072b2 }
            .SLEEP { fill: #cfd4da }
            .SEND { fill: #8e4b77 }
            .RECEIVE { fill: #cc79a7 }
            .PROCESS_WAIT { fill: #9bd0f0 }
            .alarm { fill: none; stroke: #b00020; stroke-width: 2 }
            .link { fill: none; stroke: #1c2430; stroke-width: 1.5 }
            </style>
            <defs>
            <pattern id="wait" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="8" height="8" fill="#d55e00"/><rect width="2" height="8" fill="#b34f00"/></pattern>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" fill="#1c2430"/></marker>
            <marker id="dot" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="4" markerHeight="4">
            <circle cx="3" cy="3" r="3" fill="#1c2430"/></marker>
            </defs>
            """;

    private final Writer out;

    SvgText(Writer out) {
        this.out = out;
    }

    void open(int width, int height, String title) throws IOException {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                .formatted(width, height, width, height));
        out.append("<title>Timeline of ").append(escape(title)).append("</title>\n").append(STYLE);
        out.append("<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#ffffff\"/>\n".formatted(width, height));
    }

    void close() throws IOException {
        out.append("</svg>\n");
    }

    void rect(double x, double y, double width, double height, String style, String title) throws IOException {
        out.append("<rect class=\"").append(style).append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y))
                .append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
        out.append(title.isEmpty() ? "\"/>\n" : "\"><title>" + escape(title) + "</title></rect>\n");
    }

    void line(double x1, double y1, double x2, double y2, String style) throws IOException {
        out.append("<path class=\"").append(style).append("\" d=\"M").append(number(x1)).append(' ').append(number(y1))
                .append('L').append(number(x2)).append(' ').append(number(y2)).append("\"/>\n");
    }

    void arrow(double x1, double y1, double x2, double y2) throws IOException {
        out.append("<path class=\"link\" marker-start=\"url(#dot)\" marker-end=\"url(#arrow)\" d=\"M").append(number(x1)).append(' ')
                .append(number(y1)).append('L').append(number(x2)).append(' ').append(number(y2)).append("\"/>\n");
    }

    void text(double x, double y, String style, String text) throws IOException {
        out.append("<text class=\"").append(style).append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y))
                .append("\">").append(escape(text)).append("</text>\n");
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** Cuts a text to so many characters; nothing is left of it if not even two have room. */
    static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        return characters < 2 ? "" : text.substring(0, characters - 1) + "…";
    }

    /** Escapes what means something in XML, and replaces what XML can't have. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isText(point) ? point : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isText(int point) {
        return point >= ' ' && (point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff;
    }
}
