package org.polyproc.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A lane while it is read from a recording. Its times are nanoseconds since 1970. Confined to one thread. */
final class LaneBuilder {

    private final int pid;
    private final List<Raw> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private int parent;
    private String name;
    private long begin = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private OptionalInt exitCode = OptionalInt.empty();
    private long cpuNanos;
    private long mainThread = -1;

    /** A span with the JVM's number of its thread in place of the lane's own. */
    private record Raw(Span span, long thread) {
    }

    LaneBuilder(int pid) {
        this.pid = pid;
        this.name = "process " + pid;
    }

    void start(long time, int parentPid, String processName) {
        parent = parentPid;
        name = processName;
        see(time);
    }

    /** Takes the end; the thread that tells it is the main one. */
    void exit(long time, int code, long nanos, long thread) {
        exitCode = OptionalInt.of(code);
        cpuNanos = nanos;
        mainThread = thread;
        see(time);
    }

    /** Leaves out what was before a time, at which the process really begins. */
    void beginAt(long time) {
        begin = time;
        spans.removeIf(raw -> raw.span().begin() < time);
    }

    int parent() {
        return parent;
    }

    /** Returns when its interpreter was made, or when it began if that is not told. */
    long ready() {
        return spans.stream().map(Raw::span).filter(span -> span.kind() == Span.Kind.START).mapToLong(Span::end).max().orElse(begin);
    }

    void add(Span span, long thread) {
        spans.add(new Raw(span, thread));
        see(span.begin());
        see(span.end());
    }

    void add(Mark mark) {
        marks.add(mark);
        see(mark.time());
    }

    private void see(long time) {
        begin = Math.min(begin, time);
        end = Math.max(end, time);
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    /** Returns the lane with times relative to {@code origin}; a process without an end lasts until {@code last}. */
    Lane build(long origin, long last) {
        spans.sort(Comparator.comparingLong(raw -> raw.span().begin()));
        marks.sort(Comparator.comparingLong(Mark::time));
        Map<Long, Integer> threads = new HashMap<>();
        threads.put(mainThread(), 0);
        List<Span> moved = spans.stream().map(raw -> {
            Span span = raw.span();
            // Who reports that a lock was held may be any thread.
            int thread = span.kind().isState() ? threads.computeIfAbsent(raw.thread(), _ -> threads.size())
                    : threads.getOrDefault(raw.thread(), 0);
            return new Span(span.kind(), thread, span.begin() - origin, span.end() - origin, span.object(), span.detail(),
                    span.complete(), span.where());
        }).toList();
        List<Mark> movedMarks = marks.stream().map(mark -> new Mark(mark.kind(), mark.time() - origin, mark.object(),
                mark.amount(), mark.text(), mark.where())).toList();
        return new Lane(pid, parent, name, begin - origin, (exitCode.isPresent() ? end : last) - origin, exitCode, cpuNanos,
                moved, movedMarks);
    }

    private long mainThread() {
        return mainThread >= 0 || spans.isEmpty() ? mainThread : spans.getFirst().thread();
    }
}
