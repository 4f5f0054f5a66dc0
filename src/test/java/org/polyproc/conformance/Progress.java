package org.polyproc.conformance;

import java.io.PrintWriter;
import java.util.List;

/** Prints a line for each class of tests that has ended. Thread-safe. */
final class Progress {

    private final PrintWriter out;
    private int classes;
    private int finished;

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** Prints a sentence. */
    synchronized void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    /** Says what is going to be run. */
    synchronized void begin(List<TestClass> tests) {
        classes = tests.size();
        say("running " + tests.stream().mapToInt(each -> each.methods().size()).sum() + " tests of " + classes + " classes");
    }

    /** Says what became of a class. */
    synchronized void finished(ClassResult result) {
        finished++;
        say("[%3d/%d] %s".formatted(finished, classes, describe(result)));
    }

    /** Says what became of a second run. */
    synchronized void again(ClassResult result) {
        say("[again] " + result.results().getFirst().name() + describe(result).substring(result.tests().name().length()));
    }

    private static String describe(ClassResult result) {
        StringBuilder text = new StringBuilder(result.tests().name());
        String separator = ": ";
        for (Outcome outcome : Outcome.values()) {
            long count = result.count(outcome);
            if (count > 0) {
                text.append(separator).append(count).append(' ').append(outcome.participle());
                separator = ", ";
            }
        }
        return text.append(" (").append(Report.seconds(result.time())).append(" s)").toString();
    }
}
