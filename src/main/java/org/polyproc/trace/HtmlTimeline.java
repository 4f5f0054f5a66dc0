package org.polyproc.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A timeline as one HTML page that needs nothing else: style, scripts and data are within. Its policy forbids the page to load
 * anything. Stateless, hence safe for use by several threads.
 */
final class HtmlTimeline {

    private static final Pattern PART = Pattern.compile("\\{\\{(\\S+)}}");
    private static final String DATA = "data";

    private HtmlTimeline() {
    }

    /** Writes the page: the template, with each file that it names in double braces, and the data. */
    static void write(Timeline timeline, Writer out) throws IOException {
        String template = resource("timeline.html");
        Matcher part = PART.matcher(template);
        int from = 0;
        while (part.find()) {
            out.append(template, from, part.start());
            if (part.group(1).equals(DATA)) {
                JsonText.write(data(timeline), out);
            } else {
                out.append(resource(part.group(1)));
            }
            from = part.end();
        }
        out.append(template, from, template.length());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlTimeline.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> data(Timeline timeline) {
        Map<String, Integer> texts = Packed.table();
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Object> lanes = new ArrayList<>();
        for (Lane lane : timeline.lanes()) {
            numbers.putIfAbsent(lane.pid(), lanes.size());
            lanes.add(lane(lane, texts));
        }
        Summary summary = Summary.of(timeline);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", timeline.title());
        data.put("begin", timeline.begin().truncatedTo(ChronoUnit.MILLIS));
        data.put("length", timeline.length());
        data.put("processors", timeline.processors());
        data.put("spanKinds", Stream.of(Span.Kind.values()).map(kind -> List.of(kind.name(), kind.label())).toList());
        data.put("markKinds", Stream.of(Mark.Kind.values()).map(kind -> List.of(kind.name(), kind.label())).toList());
        data.put("lanes", lanes);
        data.put("depths", new Packed(texts).depths(timeline.depths()).base64());
        data.put("waits", summary.waits().stream().map(wait -> wait(wait, numbers)).toList());
        data.put("longestHold", summary.longestHold().map(held -> span(held.lane(), held.span(), numbers)).orElse(null));
        data.put("utilisation", summary.utilisation());
        data.put("problems", summary.problems().stream().map(problem -> problem(problem, numbers)).toList());
        data.put("texts", Packed.texts(texts));
        return data;
    }

    private static Map<String, Object> lane(Lane lane, Map<String, Integer> texts) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pid", lane.pid());
        data.put("parent", lane.parent());
        data.put("name", lane.name());
        data.put("begin", lane.begin());
        data.put("end", lane.end());
        data.put("ending", lane.ending());
        data.put("failed", lane.exitCode().orElse(0) != 0);
        data.put("cpu", lane.cpuNanos());
        data.put("states", lane.states());
        data.put("spans", new Packed(texts).spans(lane.spans()).base64());
        data.put("marks", new Packed(texts).marks(lane.marks()).base64());
        return data;
    }

    private static Map<String, Object> wait(Summary.Waiting wait, Map<Integer, Integer> numbers) {
        Map<String, Object> data = span(wait.lane(), wait.longest(), numbers);
        data.put("total", wait.total());
        data.put("times", wait.times());
        return data;
    }

    private static Map<String, Object> span(Lane lane, Span span, Map<Integer, Integer> numbers) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("lane", numbers.get(lane.pid()));
        data.put("kind", span.kind().ordinal());
        data.put("object", span.object());
        data.put("begin", span.begin());
        data.put("end", span.end());
        data.put("where", span.where());
        return data;
    }

    private static Map<String, Object> problem(Problem problem, Map<Integer, Integer> numbers) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("text", problem.text());
        data.put("lanes", problem.lanes().stream().map(lane -> numbers.get(lane.pid())).toList());
        data.put("locks", List.copyOf(problem.locks()));
        data.put("begin", problem.begin());
        data.put("end", problem.end());
        return data;
    }
}
