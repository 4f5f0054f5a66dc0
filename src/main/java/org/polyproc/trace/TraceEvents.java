package org.polyproc.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A timeline in the Trace Event format, which Perfetto and Chrome's tracing page open: complete events for spans, instant ones for
 * marks, counters for what waits in channels, and flow arrows from the holder of a lock to who waits for it. Times are microseconds.
 * Slices of a track have to nest, so locks that are held have tracks of their own. Confined to one thread.
 */
final class TraceEvents {

    /** Above the numbers of a process's threads. */
    private static final int FIRST_HOLD_TRACK = 1000;
    /** The process that channels are shown as; no process has this pid. */
    private static final int CHANNELS = 0;
    private static final String THREAD_NAME = "thread_name";

    private final Timeline timeline;
    private final Turns holds;
    private final Map<Span, Integer> tracks = new IdentityHashMap<>();
    private final Writer out;
    private String separator = "\n";
    private int flows;

    private TraceEvents(Timeline timeline, Writer out) {
        this.timeline = timeline;
        this.out = out;
        holds = Turns.holds(timeline);
    }

    /** Writes one JSON object. */
    static void write(Timeline timeline, Writer out) throws IOException {
        out.append("{\"displayTimeUnit\":\"ms\",\"otherData\":");
        JsonText.write(Map.of("title", timeline.title(), "begin", timeline.begin()), out);
        out.append(",\"traceEvents\":[");
        new TraceEvents(timeline, out).write();
        out.append("\n]}\n");
    }

    private void write() throws IOException {
        int index = 0;
        for (Lane lane : timeline.lanes()) {
            metadata("process_name", lane.pid(), 0, "name", lane.name());
            metadata("process_labels", lane.pid(), 0, "labels", lane.ending());
            metadata("process_sort_index", lane.pid(), 0, "sort_index", index++);
            slice(lane.pid(), 1, Span.Kind.RUN.label(), lane.begin(), lane.end(), Map.of("ending", lane.ending()));
            spans(lane);
            for (Mark mark : lane.marks()) {
                mark(lane, mark);
            }
        }
        for (Lane lane : timeline.lanes()) {
            flows(lane);
        }
        depths();
    }

    private void spans(Lane lane) throws IOException {
        Levels levels = new Levels();
        Map<Integer, String> names = new TreeMap<>(Map.of(1, "main thread"));
        for (Span span : lane.spans()) {
            int track = span.kind() == Span.Kind.HOLD ? FIRST_HOLD_TRACK + levels.place(span) : span.thread() + 1;
            names.putIfAbsent(track, track < FIRST_HOLD_TRACK ? "thread " + track : "locks held");
            tracks.put(span, track);
            slice(lane.pid(), track, name(span), span.begin(), span.end(), arguments(span));
        }
        for (Map.Entry<Integer, String> name : names.entrySet()) {
            metadata(THREAD_NAME, lane.pid(), name.getKey(), "name", name.getValue());
            metadata("thread_sort_index", lane.pid(), name.getKey(), "sort_index", name.getKey());
        }
    }

    private String name(Span span) {
        return switch (span.kind()) {
            case LOCK_WAIT -> "waiting for lock " + span.object();
            case SEMAPHORE_WAIT -> "waiting for semaphore " + span.object();
            case HOLD -> "holding lock " + span.object();
            case PROCESS_WAIT -> span.object() == 0 ? span.kind().label() : "waiting for " + timeline.name(span.object());
            case SEND, RECEIVE -> span.kind().label() + ": channel " + span.object();
            default -> span.kind().label();
        };
    }

    private Map<String, Object> arguments(Span span) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (!span.where().isEmpty()) {
            arguments.put("where", span.where());
        }
        if (!span.complete()) {
            arguments.put("incomplete", true);
        }
        if (span.kind() == Span.Kind.LOCK_WAIT && span.detail() != 0) {
            arguments.put("holder", timeline.name((int) span.detail()));
        } else if (span.kind() == Span.Kind.HOLD && span.detail() != 0) {
            arguments.put("waiters", span.detail());
        } else if (span.kind() == Span.Kind.SEND || span.kind() == Span.Kind.RECEIVE) {
            arguments.put("bytes", span.detail());
        }
        return arguments;
    }

    private void mark(Lane lane, Mark mark) throws IOException {
        Map<String, Object> event = event("i", mark.text().isEmpty() ? mark.kind().label() : mark.text(), lane.pid(), 1, mark.time());
        event.put("s", "t");
        event.put("cat", mark.kind().label());
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (mark.object() != 0) {
            arguments.put("object", mark.object());
            arguments.put("amount", mark.amount());
        }
        if (!mark.where().isEmpty()) {
            arguments.put("where", mark.where());
        }
        event.put("args", arguments);
        write(event);
    }

    /** Arrows begin where the lock is held and end where it was waited for, just before both end. */
    private void flows(Lane lane) throws IOException {
        for (Span span : lane.spans()) {
            Turn hold = span.kind() == Span.Kind.LOCK_WAIT ? holds.holderFor(new Turn(lane, span)).orElse(null) : null;
            if (hold == null || !span.complete()) {
                continue;
            }
            long time = Math.max(Math.min(hold.span().end(), span.end()) - 1, Math.max(hold.span().begin(), span.begin()));
            int flow = ++flows;
            Map<String, Object> start = event("s", "lock", hold.lane().pid(), tracks.get(hold.span()), time);
            start.put("cat", "lock");
            start.put("id", flow);
            write(start);
            Map<String, Object> finish = event("f", "lock", lane.pid(), tracks.get(span), time);
            finish.put("cat", "lock");
            finish.put("id", flow);
            finish.put("bp", "e");
            write(finish);
        }
    }

    private void depths() throws IOException {
        if (!timeline.depths().isEmpty()) {
            metadata("process_name", CHANNELS, 0, "name", "queues and pipes");
        }
        for (Timeline.Depth depth : timeline.depths()) {
            Map<String, Object> event = event("C", "channel " + depth.channel(), CHANNELS, 0, depth.time());
            event.put("args", Map.of("messages", depth.depth()));
            write(event);
        }
    }

    private void slice(int pid, int track, String name, long begin, long end, Map<String, Object> arguments) throws IOException {
        Map<String, Object> event = event("X", name, pid, track, begin);
        event.put("dur", (end - begin) / 1e3);
        if (!arguments.isEmpty()) {
            event.put("args", arguments);
        }
        write(event);
    }

    private void metadata(String name, int pid, int track, String argument, Object value) throws IOException {
        Map<String, Object> event = event("M", name, pid, track, 0);
        event.put("args", Map.of(argument, value));
        write(event);
    }

    private static Map<String, Object> event(String phase, String name, int pid, int track, long time) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ph", phase);
        event.put("name", name);
        event.put("pid", pid);
        event.put("tid", track);
        event.put("ts", time / 1e3);
        return event;
    }

    private void write(Map<String, Object> event) throws IOException {
        out.append(separator);
        JsonText.write(event, out);
        separator = ",\n";
    }
}
