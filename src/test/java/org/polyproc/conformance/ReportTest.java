package org.polyproc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {

    private static final RunResult RUN = new RunResult(
            List.of(
                    new ClassResult(new TestClass(new Suite("test.module", "*"), "A", List.of("test_1", "test_2")),
                            List.of(result("A.test_1", Outcome.PASS, ""),
                                    result("A.test_2", Outcome.FAIL, "Traceback:\n  x\nOSError: <no> *\u0001\n")),
                            Duration.ofMillis(2345), true),
                    new ClassResult(new TestClass(new Suite("test.module", "*"), "B", List.of("test_3", "test_4")),
                            List.of(result("B.test_3", Outcome.SKIP, "no fork"),
                                    result("B.test_4", Outcome.PASS, "").ofSecondRun()),
                            Duration.ofMillis(1000), false)),
            Duration.ofSeconds(3), 2, 4, Duration.ofSeconds(1));

    private static TestResult result(String name, Outcome outcome, String text) {
        return new TestResult(TestName.parse(name), outcome, text, "output\n", Duration.ofMillis(500), false);
    }

    @Test
    void theReportHasATableAndALineForEachTestThatDoesNotPass() {
        Expectations expectations = Expectations.parse(List.of("skip B.test_3  a JVM can't fork"));
        assertEquals("""
                # CPython's tests of multiprocessing on polyproc

                4 tests: 2 passed, 1 failed, 1 skipped, 1 passed only in the second run; 3.0 s on 2 workers.

                JVMs started as workers: 4, in 1.0 s together with the imports.

                ## Differences from what is expected: 1

                - A.test\\_2 failed and is not listed

                ## Passed only in the second run: 1

                - `B.test_4`

                ## Classes

                | class | passed | failed | skipped | time |
                |---|---:|---:|---:|---:|
                | `A` | 1 | 1 | 0 | 2.3 s |
                | `B` | 1 | 0 | 1 | 1.0 s |

                ## Failed: 1

                - `A.test_2` OSError: \\<no\\> \\*\u0001 ([output](output/A.test_2.txt))

                ## Skipped: 1

                - `B.test_3` no fork; expected: a JVM can't fork

                ## Classes that left processes or threads behind: 1

                - `A`
                """, new Report(RUN, expectations, List.of("A.test_2 failed and is not listed")).render());
    }

    @Test
    void theXmlIsWhatCiSystemsRead() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitReport.render(RUN))));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertEquals("A 2 1 0 2.3", String.join(" ", suite.getAttribute("name"), suite.getAttribute("tests"),
                suite.getAttribute("failures"), suite.getAttribute("skipped"), suite.getAttribute("time")));
        assertEquals(4, xml.getElementsByTagName("testcase").getLength());
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertEquals("A", ((Element) failure.getParentNode()).getAttribute("classname"));
        assertEquals("test_2", ((Element) failure.getParentNode()).getAttribute("name"));
        assertEquals("OSError: <no> *\uFFFD", failure.getAttribute("message"));
        assertTrue(failure.getTextContent().startsWith("Traceback:\n  x\n"), failure.getTextContent());
        assertEquals("no fork", xml.getElementsByTagName("skipped").item(0).getTextContent());
    }
}
