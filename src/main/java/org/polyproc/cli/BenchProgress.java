package org.polyproc.cli;

import java.io.PrintWriter;
import org.polyproc.bench.Bench;

/** Says how far the benchmarks are: on a terminal in one line that changes, otherwise in a line for each that has ended. */
final class BenchProgress implements Bench.Progress {

    /** Goes to the line's first column and empties the line. */
    private static final String EMPTY_LINE = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final int total;
    private int number;
    private String name;

    BenchProgress(PrintWriter out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    /** Says that the next one begins. */
    void begin(String what) {
        number++;
        name = what;
    }

    @Override
    public void step(String what) {
        if (terminal) {
            out.print(EMPTY_LINE + line(what));
            out.flush();
        }
    }

    /** Says what became of it. */
    void end(String outcome) {
        out.println((terminal ? EMPTY_LINE : "") + line(outcome));
        out.flush();
    }

    private String line(String what) {
        return "[%2d/%d] %s: %s".formatted(number, total, name, what);
    }
}
