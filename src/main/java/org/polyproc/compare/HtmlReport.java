package org.polyproc.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The report of a comparison as one HTML page that needs nothing else, no script either: all lines of the reference on the left and
 * of the run on the right, coloured by the process that wrote them. The run's lines follow the reference as far as they legally can.
 * Texts are shown as {@link SideBySide} shows them. The page is XML as well. Stateless, hence safe for use by several threads.
 */
public final class HtmlReport {

    /** How many processes have colours of their own; more begin again. */
    private static final int COLOURS = 8;
    private static final String FIRST_DIFFERENCE = "first-difference";

    private HtmlReport() {
    }

    /**
     * Renders a verdict.
     *
     * @param verdict what to report
     * @param title   what ran
     * @param origin  where the reference comes from
     * @return the page
     */
    public static String render(Verdict verdict, String title, String origin) {
        Arrangement arrangement = verdict.arrangement();
        Names names = new Names(arrangement, false);
        Map<Integer, Integer> colours = new LinkedHashMap<>();
        arrangement.lines().forEach(line -> colours.putIfAbsent(line.pid(), colours.size() % COLOURS));
        StringBuilder page = new StringBuilder();
        page.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="data:,"/>
                """);
        page.append("<title>Comparison of ").append(escape(title)).append("</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<h1>").append(escape(title)).append("</h1>\n<p class=\"verdict ")
                .append(verdict.getClass().getSimpleName()).append("\">").append(escape(verdict.summary())).append("</p>\n");
        processes(arrangement, names, colours, page);
        counts(verdict, page);
        table(arrangement, origin, names, colours, page);
        return page.append("</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("a resource of this package can be read", e);
        }
    }

    /** The legend. */
    private static void processes(Arrangement arrangement, Names names, Map<Integer, Integer> colours, StringBuilder page) {
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, OutputLine> first = new LinkedHashMap<>();
        arrangement.lines().forEach(line -> {
            counts.merge(line.pid(), 1, Integer::sum);
            first.putIfAbsent(line.pid(), line);
        });
        page.append("<ul class=\"processes\">\n");
        first.forEach((pid, line) -> page.append("<li class=\"p").append(colours.get(pid)).append("\"><b>")
                .append(shown(names.of(line))).append("</b> ").append(Headline.count(counts.get(pid), "line")).append("</li>\n"));
        page.append("</ul>\n");
    }

    /** The lists of lines that one side has more often. */
    private static void counts(Verdict verdict, StringBuilder page) {
        if (verdict instanceof Verdict.Different different) {
            counted("missing from the run", different.missing(), page);
            counted("too many in the run", different.extra(), page);
            page.append("<p><a href=\"#").append(FIRST_DIFFERENCE).append("\">Go to where they part</a></p>\n");
        }
    }

    private static void counted(String what, Map<String, Integer> lines, StringBuilder page) {
        if (!lines.isEmpty()) {
            page.append("<h2>").append(Headline.count(lines.values().stream().mapToInt(Integer::intValue).sum(), "line")).append(' ')
                    .append(what).append("</h2>\n<ul class=\"counted\">\n");
            lines.forEach((text, count) -> page.append("<li>").append(count).append(" × <code>").append(shown(text))
                    .append("</code></li>\n"));
            page.append("</ul>\n");
        }
    }

    private static void table(Arrangement arrangement, String origin, Names names, Map<Integer, Integer> colours, StringBuilder page) {
        page.append("<table>\n<thead><tr><th scope=\"col\">line</th><th scope=\"col\">").append(escape(origin))
                .append("</th><th></th><th scope=\"col\">process</th><th scope=\"col\">this run</th></tr></thead>\n<tbody>\n");
        boolean parted = false;
        for (Row row : rows(arrangement)) {
            boolean equal = row.kind() == Row.Kind.EQUAL;
            String colour = row.right() == null ? "" : "p" + colours.get(row.right().pid());
            page.append("<tr class=\"").append(row.kind()).append('"');
            if (!equal && !parted) {
                page.append(" id=\"").append(FIRST_DIFFERENCE).append('"');
                parted = true;
            }
            page.append("><td class=\"number\">").append(row.number() == 0 ? "" : String.valueOf(row.number())).append("</td>");
            cell(equal ? colour : "", row.left() == null ? "" : shown(row.left()), page);
            page.append("<td class=\"sign\">").append(escape(row.kind().sign())).append("</td><td class=\"name\">")
                    .append(row.right() == null ? "" : shown(names.of(row.right()))).append("</td>");
            cell(colour, row.right() == null ? "" : shown(row.right().text()), page);
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private static void cell(String colour, String text, StringBuilder page) {
        page.append("<td class=\"text ").append(colour).append("\">").append(text).append("</td>");
    }

    private static List<Row> rows(Arrangement arrangement) {
        List<Row> rows = new ArrayList<>(IntStream.range(0, arrangement.length()).mapToObj(line -> new Row(Row.Kind.EQUAL, line + 1,
                arrangement.reference().get(line), arrangement.followed().get(line))).toList());
        rows.addAll(new Continuation(arrangement).rows(Integer.MAX_VALUE));
        return rows;
    }

    /** A text as a report shows it. */
    private static String shown(String text) {
        return escape(Visible.fit(text, 0, Integer.MAX_VALUE));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
