package org.polyproc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private final StringBuilder written = new StringBuilder();
    private long nanos;
    private final Batch batch = new Batch(
            new TestClass(new Suite("test.module", "*"), "A", List.of("test_1", "test_2", "test_3")),
            new WrittenLog(), () -> nanos);

    private final class WrittenLog implements Log {
        private int mark;

        @Override
        public void mark() {
            mark = written.length();
        }

        @Override
        public String sinceMark() {
            return written.substring(mark);
        }
    }

    private void say(String line) throws IOException {
        batch.accept(Message.parse(line));
    }

    private List<String> outcomes() {
        return batch.results().stream()
                .map(result -> (result.outcome().word() + " " + result.name() + " " + result.text()).strip()).toList();
    }

    @Test
    void testsHaveTheirOutcomesTimesAndOutput() throws IOException {
        nanos += 3_000_000;
        say("imported");
        written.append("before\n");
        nanos += 1_000_000;
        say("start\ttest_1");
        written.append("by one\n");
        nanos += 5_000_000;
        say("done\ttest_1\tfail\tTraceback\\n  a\\tb\\nOSError: no\\n");
        say("start\ttest_2");
        say("done\ttest_2\tpass\t");
        say("start\ttest_3");
        say("done\ttest_3\tskip\tno fork");
        assertFalse(batch.ended());
        say("end\t1");
        assertTrue(batch.ended());
        assertTrue(batch.altered());
        assertEquals(
                List.of("fail A.test_1 Traceback\n  a\tb\nOSError: no", "pass A.test_2", "skip A.test_3 no fork"), outcomes());
        TestResult first = batch.results().getFirst();
        assertEquals("by one\n", first.output());
        assertEquals(Duration.ofMillis(5), first.time());
        assertEquals("OSError: no", first.summary());
        assertEquals(Duration.ofMillis(6), batch.time());
        assertEquals(List.of(), batch.left());
    }

    @Test
    void aFixtureThatFailsBeforeTheTestsFailsThemAll() throws IOException {
        say("fixture\tfail\tOSError: no");
        say("end\t0");
        assertEquals(List.of("fail A.test_1 OSError: no", "fail A.test_2 OSError: no", "fail A.test_3 OSError: no"), outcomes());
    }

    @Test
    void aFixtureThatSkipsSkipsThemAll() throws IOException {
        say("fixture\tskip\tno fork");
        say("end\t0");
        assertEquals(List.of("skip A.test_1 no fork", "skip A.test_2 no fork", "skip A.test_3 no fork"), outcomes());
    }

    @Test
    void aFixtureThatFailsAfterTheTestsFailsThoseThatPassed() throws IOException {
        say("start\ttest_1");
        say("done\ttest_1\tpass\t");
        say("start\ttest_2");
        say("done\ttest_2\tskip\tno fork");
        say("start\ttest_3");
        say("done\ttest_3\tfail\tOSError: no");
        say("fixture\tfail\tValueError: left");
        say("end\t0");
        assertEquals(
                List.of("fail A.test_1 ValueError: left", "skip A.test_2 no fork", "fail A.test_3 OSError: no"), outcomes());
    }

    @Test
    void aTestThatWasNotRunHasFailed() throws IOException {
        say("end\t0");
        assertEquals(List.of("fail A.test_1 the test was not run", "fail A.test_2 the test was not run",
                "fail A.test_3 the test was not run"), outcomes());
    }

    @Test
    void aWorkerThatIsLostInATestLeavesTheRestToBeRun() throws IOException {
        say("start\ttest_1");
        say("done\ttest_1\tpass\t");
        say("start\ttest_2");
        written.append("it crashes\n");
        batch.lost("the JVM ended with exit status 134");
        assertEquals(List.of("pass A.test_1", "fail A.test_2 the JVM ended with exit status 134"), outcomes());
        assertEquals("it crashes\n", batch.results().getLast().output());
        assertEquals(List.of("test_3"), batch.left());
    }

    @Test
    void aWorkerThatIsLostBeforeTheFirstTestFailsThemAll() throws IOException {
        batch.lost("no end within 1 s");
        assertEquals("fail A.test_3 setUpClass or setUpModule: no end within 1 s", outcomes().getLast());
        assertEquals(List.of(), batch.left());
    }

    @Test
    void aWorkerThatIsLostAfterTheLastTestFailsThoseThatPassed() throws IOException {
        for (int number = 1; number <= 3; number++) {
            say("start\ttest_" + number);
            say("done\ttest_" + number + "\tpass\t");
        }
        batch.lost("no end within 1 s");
        assertEquals("fail A.test_1 tearDownClass or tearDownModule: no end within 1 s", outcomes().getFirst());
        assertEquals(List.of(), batch.left());
    }

    @Test
    void aWorkerThatIsLostBetweenTestsFailsTheTestBefore() throws IOException {
        say("start\ttest_1");
        say("done\ttest_1\tpass\t");
        batch.lost("the JVM ended with exit status 1");
        assertEquals(List.of("fail A.test_1 after the test: the JVM ended with exit status 1"), outcomes());
        assertEquals(List.of("test_2", "test_3"), batch.left());
    }

    @Test
    void anUnknownMessageIsRefused() {
        assertEquals("the driver sent an unknown message: Message[kind=hello, fields=[]]",
                assertThrows(IOException.class, () -> say("hello")).getMessage());
    }
}
