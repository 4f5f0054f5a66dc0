package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.polyproc.compare.Runs.TUTORIAL;
import static org.polyproc.compare.Runs.line;
import static org.polyproc.compare.Runs.processes;
import static org.polyproc.compare.Runs.tutorial;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class HtmlReportTest {

    private static String render(List<String> reference, List<OutputLine> run) {
        return HtmlReport.render(Comparison.compare(reference, run), "day37.py", "day37.expected.txt");
    }

    @Test
    void anEquivalentRunIsShownLineByLine() throws Exception {
        String page = render(TUTORIAL, tutorial());
        assertTrue(page.contains("<p class=\"verdict Equivalent\">equivalent: 25 lines of 3 processes, in the same order</p>"), page);
        assertTrue(page.contains("<li class=\"p1\"><b>Process-1</b> 11 lines</li>"), page);
        List<List<String>> rows = HtmlReports.rows(HtmlReports.read(page));
        assertEquals(TUTORIAL.size(), rows.size());
        assertEquals(List.of("EQUAL", "2", "init add1 number = 0", "│", "Process-1", "init add1 number = 0"), rows.get(1));
        HtmlReports.check(Comparison.compare(TUTORIAL, tutorial()), TUTORIAL, tutorial());
        assertFalse(page.contains("first-difference"), "nothing differs");
    }

    @Test
    void whereTheyPartIsMarkedAndAllThatFollowsIsShown() throws Exception {
        List<String> reference = List.of("a", "b", "c", "d");
        List<OutputLine> run = processes("a x c", "e");
        Verdict verdict = Comparison.compare(reference, run);
        Document page = HtmlReports.read(HtmlReport.render(verdict, "s.py", "python3"));
        List<List<String>> rows = HtmlReports.rows(page);
        assertEquals(List.of("EQUAL", "1", "a", "│", "Process-1", "a"), rows.get(0));
        assertEquals(List.of("CHANGED", "2", "b", "≠", "Process-1", "x"), rows.get(1));
        assertEquals(List.of("CHANGED", "4", "d", "≠", "Process-2", "e"), rows.get(3));
        assertEquals(1, HtmlReport.render(verdict, "", "").split("id=\"first-difference\"", -1).length - 1);
        HtmlReports.check(verdict, reference, run);
    }

    @Test
    void textsAreNeverMarkup() throws Exception {
        List<OutputLine> run = List.of(new OutputLine(100, "<b>&\"", "</td><script>alert(1)</script> \u001b[31m \ud800 "));
        String page = HtmlReport.render(Comparison.compare(List.of("<i>"), run), "<u>", "<s>");
        List<List<String>> rows = HtmlReports.rows(HtmlReports.read(page));
        assertEquals("</td><script>alert(1)</script> \\x1b[31m \\ud800\\x20", rows.getLast().get(5));
        assertEquals("<b>&\"", rows.getLast().get(4));
        assertFalse(page.contains("<script") || page.contains("<u>") || page.contains("<s>"), page);
    }

    @Test
    void nothingAtAllIsAPageToo() throws Exception {
        assertEquals(List.of(), HtmlReports.rows(HtmlReports.read(render(List.of(), List.of()))));
        assertEquals(1, HtmlReports.rows(HtmlReports.read(render(List.of(), List.of(line(100, "x"))))).size());
    }
}
