package org.polyproc.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** A run as a page of Markdown. */
final class Report {

    private static final int LONGEST_SUMMARY = 300;

    private final RunResult run;
    private final Expectations expectations;
    private final List<String> deviations;

    /**
     * @param run          what became of the tests
     * @param expectations what was expected, for the reasons
     * @param deviations   how the one differs from the other
     */
    Report(RunResult run, Expectations expectations, List<String> deviations) {
        this.run = run;
        this.expectations = expectations;
        this.deviations = deviations;
    }

    /** Returns the run in one line. */
    static String headline(RunResult run) {
        StringBuilder text = new StringBuilder();
        text.append(run.tests().size()).append(" tests: ");
        for (Outcome outcome : Outcome.values()) {
            text.append(run.count(outcome)).append(' ').append(outcome.participle()).append(", ");
        }
        text.append(secondRuns(run).size()).append(" passed only in the second run; ");
        return text.append(seconds(run.time())).append(" s on ").append(run.workers()).append(" workers").toString();
    }

    /** Returns the page. */
    String render() {
        List<String> lines = new ArrayList<>();
        lines.add("# CPython's tests of multiprocessing on polyproc");
        lines.add("");
        lines.add(headline(run) + ".");
        lines.add("");
        lines.add("JVMs started as workers: " + run.starts() + ", in " + seconds(run.startTime())
                + " s together with the imports.");
        section(lines, "Differences from what is expected", deviations, Report::text);
        section(lines, "Passed only in the second run", secondRuns(run), result -> "`" + result.name() + "`");
        table(lines);
        section(lines, "Failed", tests(result -> result.outcome() == Outcome.FAIL), this::failure);
        section(lines, "Skipped", tests(result -> result.outcome() == Outcome.SKIP), this::explained);
        section(lines, "Classes that left processes or threads behind",
                run.classes().stream().filter(ClassResult::altered).toList(), each -> "`" + each.tests().name() + "`");
        lines.add("");
        return String.join("\n", lines);
    }

    private static Collection<TestResult> secondRuns(RunResult run) {
        return run.tests().stream().filter(TestResult::secondRun).toList();
    }

    private Collection<TestResult> tests(Predicate<TestResult> which) {
        return run.tests().stream().filter(which).toList();
    }

    private static <T> void section(List<String> lines, String title, Collection<T> items, Function<T, String> text) {
        lines.add("");
        lines.add("## " + title + ": " + items.size());
        if (!items.isEmpty()) {
            lines.add("");
            items.forEach(item -> lines.add("- " + text.apply(item)));
        }
    }

    private void table(List<String> lines) {
        lines.add("");
        lines.add("## Classes");
        lines.add("");
        lines.add("| class | passed | failed | skipped | time |");
        lines.add("|---|---:|---:|---:|---:|");
        for (ClassResult each : run.classes()) {
            lines.add("| `%s` | %d | %d | %d | %s s |".formatted(each.tests().name(), each.count(Outcome.PASS),
                    each.count(Outcome.FAIL), each.count(Outcome.SKIP), seconds(each.time())));
        }
    }

    private String failure(TestResult result) {
        return explained(result) + " ([output](output/" + result.name() + ".txt))";
    }

    private String explained(TestResult result) {
        Expectation expectation = expectations.of(result.name());
        String reason = expectation == null || expectation.reason().isEmpty() ? "" : "; expected: " + expectation.reason();
        return "`" + result.name() + "` " + text(shortened(result.summary())) + text(reason);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY) + " ...";
    }

    /** Returns text without the characters that Markdown would make something of. */
    private static String text(String text) {
        return text.replaceAll("([\\\\`*_<>|\\[\\]#])", "\\\\$1");
    }

    /** Returns a time in seconds. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
