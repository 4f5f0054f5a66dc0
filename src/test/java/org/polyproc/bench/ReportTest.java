package org.polyproc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    private static final Environment ENVIRONMENT =
            new Environment("Linux amd64, 2 processors", 0.25, "0.1.0", "25.0.3", "25.0.3+9", true, "CPython 3.11.7");
    private static final Report REPORT = new Report(ENVIRONMENT, "python3", 3, 10,
            List.of(new Result("lock", "Acquire.", 1.0, new Samples(List.of(1.2e-7, 1.1e-7, 1.3e-7)), new Samples(List.of(2e-7))),
                    new Result("start_join", "Start.", 1.0, new Samples(List.of(0.8)), new Samples(List.of(0.01)))),
            List.of(new StartTime("polyproc", new Samples(List.of(4.0, 5.0)))));

    @Test
    void aPersonReadsATable() {
        assertEquals("""
                machine   Linux amd64, 2 processors, load 0.3 before the first round
                polyproc  0.1.0, GraalPy 25.0.3, JDK 25.0.3+9, JIT on
                against   python3, CPython 3.11.7
                rounds    3, in turns, after a warm-up of at least 10 s; a time is the median, \
                +- how far the slowest and the fastest round are apart

                benchmark   polyproc           python3          ratio   bar  met
                lock          120 ns  +- 17 %   200 ns  +- 0 %  0.600  1.00  yes
                start_join    800 ms   +- 0 %  10.0 ms  +- 0 %   80.0  1.00   no

                startup     time
                polyproc  4.50 s  +- 22 %
                """, REPORT.render());
    }

    @Test
    void aProgramReadsAllRounds() {
        String json = REPORT.json();
        assertTrue(json.contains("\"jit\": true"), json);
        assertTrue(json.contains("""
                  "startup": [
                    {
                      "what": "polyproc",
                      "median": 4.5,
                      "spread": 0.2222222222222222,
                      "rounds": [4.0, 5.0]
                    }
                  ]
                """), json);
    }

    @ParameterizedTest
    @CsvSource({"123.4, 123 s", "12.34, 12.3 s", "1, 1.00 s", "0.9996, 1.00 s", "0.0123, 12.3 ms", "4.56e-6, 4.56 us",
        "5e-10, 0.50 ns"})
    void aTimeHasThreeDigitsAndAUnit(double seconds, String text) {
        assertEquals(text, Report.time(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0.0456, 0.046", "0.9994, 0.999", "0.9996, 1.00", "1.234, 1.23", "12.34, 12.3", "123.4, 123"})
    void aRatioIsExactBelowOne(double ratio, String text) {
        assertEquals(text, Report.ratio(ratio));
    }
}
