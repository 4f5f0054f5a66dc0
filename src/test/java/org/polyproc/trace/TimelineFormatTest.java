package org.polyproc.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class TimelineFormatTest {

    private static String write(TimelineFormat format, Timeline timeline) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(timeline, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theEndingSaysWhichFormatIsMeant() {
        assertEquals(TimelineFormat.HTML, TimelineFormat.of(Path.of("a/b.HTML")));
        assertEquals(TimelineFormat.JSON, TimelineFormat.of(Path.of("x.y.json")));
        assertEquals(TimelineFormat.SVG, TimelineFormat.of(Path.of("x.svg")));
        for (String name : List.of("x.png", "html", "/")) {
            assertEquals("the file of a timeline must end with .html, .json or .svg: file=" + name,
                    assertThrows(IllegalArgumentException.class, () -> TimelineFormat.of(Path.of(name))).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingAtAllIsAPictureToo(TimelineFormat format) throws Exception {
        assertTrue(write(format, Timelines.of("nothing")).contains("nothing"));
    }

    @ParameterizedTest
    @EnumSource
    void fiftyProcessesAndAHundredThousandLocksStayBelow50Megabytes(TimelineFormat format) throws Exception {
        int size = write(format, Timelines.busy(50, 100_000)).length();
        assertTrue(size < 50_000_000, format + ": " + size);
    }

    @Test
    void thePageAsksForNothing() throws Exception {
        String page = write(TimelineFormat.HTML, Timelines.tutorial());
        assertFalse(page.contains("{{"), "all parts are put in");
        assertTrue(page.contains("default-src 'none'"));
        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*"), "no address but those of data");
        assertFalse(page.contains("http://") || page.contains("https://"));
    }

    @Test
    void theStillPictureIsXmlThatSaysWhoWaited() throws Exception {
        List<String> texts = texts(svg(Timelines.tutorial()));
        for (String text : List.of("day37_lock_shared_memory.py", "Process-2 waited 5.00 s for lock 4097, which Process-1 held.",
                "waits for lock 4097, held by Process-1", "sleeps", "Process-3", "exit code 0", "add3 number = 20", "5 s",
                "waiting for a lock", "holding a lock")) {
            assertTrue(texts.contains(text), text + " in " + texts);
        }
        assertTrue(texts(svg(Timelines.deadlock())).stream().anyMatch(text -> text.startsWith("Deadlock for 2.74 s. Process-2 waited")));
    }

    @Test
    void theStillPictureEscapesWhatTheScriptPrints() throws Exception {
        Lane lane = new Timelines.Sketch(2, "<&\"").print(1, "</text><script>\u0000 \ud800 \ud83d\ude00", "").lane(0, 10, 3);
        List<String> texts = texts(svg(Timelines.of("<svg>", lane)));
        assertTrue(texts.containsAll(List.of("<&\"", "</text><script>\ufffd \ufffd \ud83d\ude00", "<svg>", "exit code 3")),
                texts.toString());
    }

    private static Document svg(Timeline timeline) throws Exception {
        byte[] bytes = write(TimelineFormat.SVG, timeline).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()).toList();
    }

    @Test
    void slicesOfATrackNestAndArrowsLieWithinThem() throws Exception {
        Map<List<Object>, List<Map<?, ?>>> slices = new HashMap<>();
        List<Map<?, ?>> events = events(Timelines.busy(5, 500));
        events.stream().filter(event -> event.get("ph").equals("X"))
                .forEach(event -> slices.computeIfAbsent(track(event), _ -> new ArrayList<>()).add(event));
        slices.values().forEach(TimelineFormatTest::checkNesting);
        List<Map<?, ?>> arrows = events.stream().filter(event -> "sf".contains((String) event.get("ph"))).toList();
        assertTrue(arrows.size() > 100, "there are waits");
        for (Map<?, ?> arrow : arrows) {
            String name = arrow.get("ph").equals("s") ? "holding lock 4097" : "waiting for lock 4097";
            assertTrue(slices.get(track(arrow)).stream().anyMatch(slice -> slice.get("name").equals(name)
                    && start(slice) <= start(arrow) && start(arrow) <= end(slice)), arrow.toString());
        }
    }

    @Test
    void theTraceNamesProcessesLinesAndChannels() throws Exception {
        Timeline tutorial = Timelines.tutorial();
        List<Map<?, ?>> events = events(new Timeline("t", tutorial.begin(), tutorial.length(), 2, tutorial.lanes(),
                List.of(new Timeline.Depth(9, 5_000_000, 3))));
        assertTrue(events.stream().anyMatch(event -> event.get("name").equals("process_name")
                && event.get("args").equals(Map.of("name", "Process-2")) && event.get("pid").equals(4.0)));
        assertTrue(events.stream().anyMatch(event -> event.get("ph").equals("i") && event.get("name").equals("add3 number = 20")));
        assertTrue(events.stream().anyMatch(event -> event.get("ph").equals("C") && event.get("name").equals("channel 9")
                && event.get("args").equals(Map.of("messages", 3.0)) && event.get("ts").equals(5_000.0)));
        Map<?, ?> wait = events.stream().filter(event -> event.get("name").equals("waiting for lock 4097")).findFirst().orElseThrow();
        assertEquals(Map.of("where", "day37_lock_shared_memory.py:13", "holder", "Process-1"), wait.get("args"));
        assertEquals(5_001_000.0, wait.get("dur"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> events(Timeline timeline) throws Exception {
        return (List<Map<?, ?>>) ((Map<?, ?>) JsonReader.read(write(TimelineFormat.JSON, timeline))).get("traceEvents");
    }

    private static List<Object> track(Map<?, ?> event) {
        return List.of(event.get("pid"), event.get("tid"));
    }

    private static long start(Map<?, ?> event) {
        return Math.round((Double) event.get("ts") * 1_000);
    }

    private static long end(Map<?, ?> slice) {
        return start(slice) + Math.round((Double) slice.get("dur") * 1_000);
    }

    /** Slices come in the order of their beginnings, an outer one before those within. */
    private static void checkNesting(List<Map<?, ?>> slices) {
        Deque<Map<?, ?>> open = new ArrayDeque<>();
        for (Map<?, ?> slice : slices) {
            while (!open.isEmpty() && end(open.peek()) <= start(slice)) {
                open.pop();
            }
            assertTrue(open.isEmpty() || end(slice) <= end(open.peek()), () -> slice + " is not within " + open.peek());
            open.push(slice);
        }
    }
}
