package org.polyproc.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opens the page of a timeline in a real browser. Its pictures stay in {@code target/timeline}, for people to look at. */
class TimelineBrowserIT {

    private static final Path FOLDER = Path.of("target/timeline").toAbsolutePath();
    /** The middle of a bar of the lane with this index; the second row is the lock that it holds. */
    private static final String PLACE = "(() => { const box = plot.getBoundingClientRect(); const row = lanes[%d].place.rows[%d];"
            + " return [box.left + xOf(%s), box.top + row.top + row.height / 2 - scroller.scrollTop] })()";

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.command() != null, "no Chromium is installed, so there is nothing that could open the page");
        Files.createDirectories(FOLDER);
        browser = new Chromium();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path page(String name, Timeline timeline) throws Exception {
        Path file = FOLDER.resolve(name + ".html");
        try (OutputStream stream = Files.newOutputStream(file)) {
            TimelineFormat.HTML.write(timeline, stream);
        }
        return file;
    }

    private static void open(String name, Timeline timeline, int width, boolean dark) throws Exception {
        browser.complaints().clear();
        browser.open(page(name, timeline), width, 900, dark);
        browser.screenshot(FOLDER.resolve(name + (dark ? "-dark" : "") + "-" + width + ".png"));
    }

    private static void hover(int lane, int row, String time) throws Exception {
        hover(PLACE.formatted(lane, row, time));
    }

    private static void hover(String expression) throws Exception {
        List<?> place = (List<?>) browser.evaluate(expression);
        browser.mouse("mouseMoved", (Double) place.get(0), (Double) place.get(1), Map.of());
    }

    private static String tooltip() throws Exception {
        return browser.text("tooltip.hidden ? '' : [...tooltip.children].map(each => each.textContent).join('\\n')");
    }

    /** Returns how many different colours a part of the picture has. */
    private static double colours(String canvas) throws Exception {
        return browser.number("new Set(new Uint32Array(%s.getContext('2d').getImageData(0, 0, 600, 50).data.buffer)).size"
                .formatted(canvas));
    }

    @Test
    void itShowsWhyOneProcessWaitsAndAnotherDoesNot() throws Exception {
        open("tutorial", Timelines.tutorial(), 1280, false);
        assertEquals(List.of(), browser.complaints());
        assertEquals(1, browser.requests().size(), "the page needs nothing but itself: " + browser.requests());
        assertTrue(colours("plot") > 5 && colours("overview") > 4, "something is drawn");
        String cards = browser.text("document.getElementById('cards').innerText");
        assertTrue(cards.contains("Process-2 for lock 4097, which Process-1 held"), cards);

        hover(2, 0, "3e9");
        assertEquals("""
                Process-2 waits for lock 4097
                5.00 s, from 500 ms to 5.50 s
                Process-1 held it meanwhile for 5.00 s, taken at day37_lock_shared_memory.py:13
                at day37_lock_shared_memory.py:13""", tooltip());
        browser.screenshot(FOLDER.resolve("tutorial-hover.png"));
        hover(1, 1, "3e9");
        assertTrue(tooltip().startsWith("Process-1 holds lock 4097\n5.02 s"), tooltip());
        hover(3, 0, "0.5e9");
        assertTrue(tooltip().startsWith("Process-3 runs\npid 5, exit code 0"), tooltip());
        hover("(() => { const mark = lanes[1].marks[0]; const box = plot.getBoundingClientRect(); return [box.left + mark.left + 20,"
                + " box.top + mark.row.top - scroller.scrollTop + SIZES.tick + (mark.level + 0.5) * SIZES.text] })()");
        assertEquals("Process-1: printed line\nafter 482 ms\ninit add1 number = 0\nat day37_lock_shared_memory.py:15", tooltip());
        browser.mouse("mouseMoved", 5, 5, Map.of());
        assertEquals("", tooltip());
    }

    @Test
    void wheelDragKeysAndButtonsChangeWhatIsSeen() throws Exception {
        Timeline timeline = Timelines.tutorial();
        open("tutorial", timeline, 1280, false);
        List<?> place = (List<?>) browser.evaluate(PLACE.formatted(2, 0, "5e9"));
        double x = (Double) place.get(0);
        double y = (Double) place.get(1);
        browser.mouse("mouseWheel", x, y, Map.of("deltaX", 0, "deltaY", -600));
        double width = browser.number("view.to - view.from");
        assertTrue(width < timeline.length() / 2.0, "the wheel zooms in: " + width);
        assertEquals(5e9, browser.number("timeAt(%f - plot.getBoundingClientRect().left)".formatted(x)), 1e8, "around the mouse");

        double from = browser.number("view.from");
        browser.mouse("mousePressed", x, y, Map.of("button", "left", "buttons", 1, "clickCount", 1));
        browser.mouse("mouseMoved", x - 100, y, Map.of("button", "left", "buttons", 1));
        browser.mouse("mouseReleased", x - 100, y, Map.of("button", "left", "clickCount", 1));
        assertTrue(browser.number("view.from") > from, "dragging to the left shows what is later");
        assertEquals(width, browser.number("view.to - view.from"), 1, "and does not zoom");

        browser.evaluate("plot.focus()");
        from = browser.number("view.from");
        browser.key("ArrowLeft");
        assertTrue(browser.number("view.from") < from, "the key goes back");
        browser.key("+");
        assertTrue(browser.number("view.to - view.from") < width * 0.9, "the key zooms in");
        browser.key("0");
        assertEquals(timeline.length(), browser.number("view.to - view.from"), 1);
        browser.evaluate("document.getElementById('zoom-in').click()");
        assertTrue(browser.number("view.to - view.from") < timeline.length());
        browser.evaluate("document.getElementById('reset').click()");
        assertEquals(timeline.length(), browser.number("view.to"), 1);
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theKeysReachWhatTheMouseDoes() throws Exception {
        open("tutorial", Timelines.tutorial(), 1280, false);
        browser.evaluate("plot.focus()");
        browser.key("ArrowDown");
        browser.key("ArrowDown");
        browser.key("ArrowDown");
        assertTrue(browser.text("said.textContent").startsWith("Process-2"), browser.text("said.textContent"));
        browser.key(".");
        assertTrue(browser.text("said.textContent").startsWith("Process-2 waits for lock 4097. 5.00 s"),
                browser.text("said.textContent"));
        browser.key("Enter");
        assertEquals(5e9 * 1.3, browser.number("view.to - view.from"), 1e8);
        browser.screenshot(FOLDER.resolve("tutorial-keys.png"));
        browser.key("Escape");
        assertEquals("", browser.text("said.textContent"));
    }

    @Test
    void itFitsAPhoneAndTheDark() throws Exception {
        open("tutorial", Timelines.tutorial(), 390, true);
        assertEquals(List.of(), browser.complaints());
        assertTrue(browser.number("document.documentElement.scrollWidth") <= 390, "the page is not wider than the window");
        assertEquals("#181d23", browser.text("colours.sheet"));
        open("tutorial", Timelines.tutorial(), 1280, true);
    }

    @Test
    void aDeadlockIsToldInRed() throws Exception {
        open("deadlock", Timelines.deadlock(), 1280, false);
        assertEquals("Deadlock for 2.74 s.\nProcess-2 waited for lock 1 at d.py:14, which Process-1 held, taken at d.py:5.\n"
                + "Process-1 waited for lock 2 at d.py:7, which Process-2 held, taken at d.py:12.",
                browser.text("[...document.querySelectorAll('#problems > *')].map(each => each.textContent).join('\\n')"));
        hover(1, 0, "2e9");
        assertTrue(tooltip().contains("ended without getting it"), tooltip());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whatTheScriptPrintsIsNeverMarkup() throws Exception {
        String text = "</script><script>document.title='taken'</script><!--<script> \u2028 \uD83D\uDE00 \uD83D \"'&amp;";
        Lane lane = new Timelines.Sketch(2, "<b>\"name'&").print(5, text, "<i>:1")
                .sleep(6, 9, "</style>").lane(0, 10, 0);
        open("markup", Timelines.of("</title><h1>&lt;", lane), 1280, false);
        assertEquals(List.of(), browser.complaints());
        assertEquals("Timeline of </title><h1>&lt;", browser.text("document.title"));
        assertEquals(text, browser.text("lanes[0].marks[0].text"));
        hover(0, 0, "8e6");
        assertEquals("<b>\"name'& sleeps", tooltip().lines().findFirst().orElseThrow());
        assertEquals(1.0, browser.number("document.querySelectorAll('h1').length"));
    }

    @Test
    void aHundredThousandLocksOpenAndMoveSmoothly() throws Exception {
        Timeline timeline = Timelines.busy(50, 100_000);
        open("busy", timeline, 1280, false);
        assertEquals(List.of(), browser.complaints());
        assertEquals(timeline.spans(), browser.number("lanes.reduce((sum, lane) => sum + lane.spans.length, 0)"));
        double millis = browser.number("(() => { const start = performance.now();"
                + " for (let i = 0; i < 10; i++) { zoom(0.8); paint(); paintOverview() } return (performance.now() - start) / 10 })()");
        assertTrue(millis < 250, "a picture took " + millis + " ms");
        System.out.println("a picture of " + timeline.spans() + " spans: " + Math.round(millis) + " ms");
        hover(0, 0, "(view.from + view.to) / 2");
        assertTrue(tooltip().startsWith("Process-1"), tooltip());
        browser.screenshot(FOLDER.resolve("busy-zoomed.png"));
        assertTrue(Files.size(FOLDER.resolve("busy.html")) < 5_000_000, "the page is small");
    }
}
