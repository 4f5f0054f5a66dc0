package org.polyproc.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads the pages of comparisons, which are XML. */
public final class HtmlReports {

    private HtmlReports() {
    }

    /** Reads a page. */
    static Document read(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    /** Returns the rows of a page's table: class, number, left, sign, process, right. */
    static List<List<String>> rows(Document page) {
        List<List<String>> rows = new ArrayList<>();
        NodeList all = ((Element) page.getElementsByTagName("tbody").item(0)).getElementsByTagName("tr");
        for (int i = 0; i < all.getLength(); i++) {
            Element row = (Element) all.item(i);
            List<String> cells = new ArrayList<>(List.of(row.getAttribute("class")));
            for (int cell = 0; cell < 5; cell++) {
                cells.add(row.getElementsByTagName("td").item(cell).getTextContent());
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Checks that a page is well-formed and has all lines of both sides, each process's own in their order. */
    public static void check(Verdict verdict, List<String> reference, List<OutputLine> run) throws Exception {
        List<List<String>> rows = rows(read(HtmlReport.render(verdict, "script.py", "expected")));
        assertEquals(shown(reference), rows.stream().filter(row -> !row.get(1).isEmpty()).map(row -> row.get(2)).toList());
        Names names = new Names(verdict.arrangement(), false);
        for (int pid : run.stream().map(OutputLine::pid).distinct().toList()) {
            List<OutputLine> own = run.stream().filter(line -> line.pid() == pid).toList();
            assertEquals(shown(Runs.texts(own)), rows.stream()
                    .filter(row -> row.get(4).equals(Visible.fit(names.of(own.getFirst()), 0, 1000))).map(row -> row.get(5)).toList());
        }
    }

    private static List<String> shown(List<String> texts) {
        return texts.stream().map(text -> Visible.fit(text, 0, Integer.MAX_VALUE)).collect(Collectors.toList());
    }
}
