package org.polyproc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {

    private static final Expectations LISTED =
            Expectations.parse(List.of("# A comment.", "pass A.test_right", "", "fail A.test_wrong  forks"));

    private static TestResult result(String name, Outcome outcome, String text) {
        return new TestResult(TestName.parse(name), outcome, text, "", Duration.ZERO, false);
    }

    private static TestResult result(String name, Outcome outcome) {
        return result(name, outcome, "");
    }

    @Test
    void whatIsAsListedIsNoDeviation() {
        assertEquals(List.of(), LISTED.deviations(
                List.of(result("A.test_right", Outcome.PASS), result("A.test_wrong", Outcome.FAIL)), true));
    }

    @Test
    void everyOtherOutcomeIsADeviation() {
        assertEquals(
                List.of("A.test_right failed, but is listed as pass", "A.test_wrong passed, but is listed as fail"),
                LISTED.deviations(List.of(result("A.test_right", Outcome.FAIL), result("A.test_wrong", Outcome.PASS)), true));
        assertEquals(
                List.of("A.test_right skipped, but is listed as pass", "A.test_wrong skipped, but is listed as fail"),
                LISTED.deviations(List.of(result("A.test_right", Outcome.SKIP), result("A.test_wrong", Outcome.SKIP)), true));
    }

    @Test
    void aTestThatIsNotListedIsADeviation() {
        assertEquals(List.of("B.test_new passed and is not listed"),
                LISTED.deviations(List.of(result("B.test_new", Outcome.PASS)), false));
    }

    @Test
    void aListedTestHasToBeThereIfAllTestsAre() {
        List<TestResult> one = List.of(result("A.test_right", Outcome.PASS));
        assertEquals(List.of("A.test_wrong is listed, but there is no such test"), LISTED.deviations(one, true));
        assertEquals(List.of(), LISTED.deviations(one, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fail A.test | A.test is listed as fail without a reason",
        "skip A.test | A.test is listed as skip without a reason",
        "fail A.test  TODO OSError: no | A.test is listed as fail without a reason",
        "pass A.test  by luck | A.test is listed as pass, which needs no reason: by luck",
    })
    void aReasonIsThereExactlyIfOneIsNeeded(String line, String deviation) {
        Expectations listed = Expectations.parse(List.of(line));
        Outcome outcome = Outcome.of(line.substring(0, 4));
        assertEquals(List.of(deviation), listed.deviations(List.of(result("A.test", outcome)), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pass | an expectation is EXPECTED CLASS.METHOD REASON: pass",
        "works A.test | what is expected of a test is pass, fail, skip or varies: works",
        "pass test | a test is named CLASS.METHOD: test",
        "pass A.test_right | each test is listed once, in the order of the names: A.test_right after A.test_right",
        "pass A.test_left | each test is listed once, in the order of the names: A.test_left after A.test_right",
    })
    void aMalformedLineIsNamed(String line, String message) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
                () -> Expectations.parse(List.of("pass A.test_right", line)));
        assertEquals("line 2 of the expectations: " + message, error.getMessage());
    }

    @Test
    void anUpdateKeepsReasonsAndAsksForNewOnes() {
        Expectations listed = Expectations.parse(List.of(
                "# A comment.", "fail A.test_1  forks", "fail A.test_2  forks", "pass A.test_3", "pass A.test_4"));
        List<TestResult> results = List.of(result("B.test_5", Outcome.SKIP, "no fork"), result("A.test_1", Outcome.SKIP, "no"),
                result("A.test_2", Outcome.PASS), result("A.test_3", Outcome.FAIL, "Traceback\nOSError: no\n"));
        List<String> updated = List.of("# A comment.", "skip A.test_1  forks", "pass A.test_2",
                "fail A.test_3  TODO OSError: no", "skip B.test_5  TODO no fork");
        assertEquals(updated, listed.updated(results, true).lines());
        assertEquals(updated.size() + 1, listed.updated(results, false).lines().size());
        assertEquals(List.of("A.test_3 is listed as fail without a reason", "B.test_5 is listed as skip without a reason"),
                listed.updated(results, true).deviations(results, true));
    }

    @Test
    void aMissingFileExpectsNothing() throws Exception {
        assertEquals(List.of(), Expectations.read(Path.of("target/no-such-file")).lines());
    }

    @Test
    void aTestThatVariesMayPassAndFailButNotBeSkipped() {
        Expectations varies = Expectations.parse(List.of("varies A.test_1  by chance"));
        assertEquals(List.of(), varies.deviations(List.of(result("A.test_1", Outcome.PASS)), true));
        assertEquals(List.of(), varies.deviations(List.of(result("A.test_1", Outcome.FAIL)), true));
        assertEquals(List.of("A.test_1 skipped, but is listed as varies"),
                varies.deviations(List.of(result("A.test_1", Outcome.SKIP)), true));
        assertEquals(List.of("varies A.test_1  by chance"),
                varies.updated(List.of(result("A.test_1", Outcome.PASS)), true).lines());
        assertEquals(List.of("A.test_1 is listed as varies without a reason"),
                Expectations.parse(List.of("varies A.test_1")).deviations(List.of(result("A.test_1", Outcome.PASS)), true));
    }
}
