package org.polyproc.trace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What one process did. Times are those of its {@link Timeline}. Immutable, hence safe for use by several threads.
 *
 * @param pid      the process's id
 * @param parent   its parent's id, 0 for the first process
 * @param name     its name, for people; several processes may have the same
 * @param begin    when it began
 * @param end      when it ended, or when the recording did
 * @param exitCode its exit code, the number of a signal as a negative one; empty if the recording has no end of it
 * @param cpuNanos the processor time of its threads in nanoseconds, 0 if unknown
 * @param spans    what lasted, in the order of their beginnings
 * @param marks    what happened at a moment, in the order of time
 */
public record Lane(int pid, int parent, String name, long begin, long end, OptionalInt exitCode, long cpuNanos,
        List<Span> spans, List<Mark> marks) {

    private static final Map<Integer, String> SIGNALS = Map.of(1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 9, "SIGKILL",
            10, "SIGUSR1", 11, "SIGSEGV", 12, "SIGUSR2", 14, "SIGALRM", 15, "SIGTERM");

    /**
     * Makes a lane from copies of the lists.
     *
     * @throws IllegalArgumentException if it ends before it begins
     * @throws NullPointerException     if an argument or an element is null
     */
    public Lane {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(exitCode, "exitCode");
        if (end < begin) {
            throw new IllegalArgumentException("a process must not end before it begins: begin=" + begin + " end=" + end);
        }
        spans = List.copyOf(spans);
        marks = List.copyOf(marks);
    }

    /**
     * How the process ended.
     *
     * @return {@code exit code 1}, {@code killed by SIGTERM} or {@code still running}
     */
    public String ending() {
        if (exitCode.isEmpty()) {
            return "still running";
        }
        int code = exitCode.getAsInt();
        return code >= 0 ? "exit code " + code : "killed by " + SIGNALS.getOrDefault(-code, "signal " + -code);
    }

    /**
     * How long the process's main thread was in each state. What lies within another state counts for the outer one.
     *
     * @return a map with every kind but {@link Span.Kind#HOLD}, in nanoseconds; {@link Span.Kind#RUN} is the rest of its life
     */
    public Map<Span.Kind, Long> states() {
        Map<Span.Kind, Long> states = new EnumMap<>(Span.Kind.class);
        long covered = begin;
        long sum = 0;
        for (Span span : spans) {
            if (span.thread() == 0 && span.kind().isState() && span.end() > covered) {
                long counted = span.end() - Math.max(covered, span.begin());
                states.merge(span.kind(), counted, Long::sum);
                sum += counted;
                covered = span.end();
            }
        }
        states.put(Span.Kind.RUN, Math.max(0, end - begin - sum));
        return states;
    }
}
