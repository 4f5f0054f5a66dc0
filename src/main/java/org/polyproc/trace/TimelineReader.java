package org.polyproc.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Makes a timeline of polyproc's events in a flight recording. Events of others are ignored, and so is what it takes to make the
 * first process's interpreter, and those that are made in advance. Confined to one thread.
 */
public final class TimelineReader {

    /** How the names of polyproc's events begin. */
    static final String PREFIX = "org.polyproc.";

    /** The kernel's numbers are above those of files, from this one on; a picture counts from 1. */
    private static final int FIRST_NUMBER = 1 << 20;

    private final Map<Integer, LaneBuilder> lanes = new TreeMap<>();
    private final List<Timeline.Depth> depths = new ArrayList<>();

    private TimelineReader() {
    }

    /**
     * Reads a recording.
     *
     * @param recording  a file of the flight recorder
     * @param title      what ran, for people
     * @param processors how many processors the machine offered
     * @return the timeline; it has no lanes if the recording has no events of polyproc
     * @throws IOException if the file can't be read or is no recording
     */
    public static Timeline read(Path recording, String title, int processors) throws IOException {
        TimelineReader reader = new TimelineReader();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().startsWith(PREFIX)) {
                    reader.take(event, event.getEventType().getName().substring(PREFIX.length()));
                }
            }
        }
        return reader.timeline(title, processors);
    }

    private Timeline timeline(String title, int processors) {
        // How long the first interpreter takes is no matter of the program's.
        lanes.values().stream().filter(lane -> !lanes.containsKey(lane.parent())).forEach(lane -> lane.beginAt(lane.ready()));
        long origin = extreme(lanes.values(), LaneBuilder::begin, Comparator.reverseOrder());
        long last = extreme(lanes.values(), LaneBuilder::end, Comparator.naturalOrder());
        List<Lane> built = lanes.values().stream().map(lane -> lane.build(origin, last))
                .sorted(Comparator.comparingLong(Lane::begin)).toList();
        List<Timeline.Depth> moved = depths.stream().sorted(Comparator.comparingLong(Timeline.Depth::time))
                .map(depth -> new Timeline.Depth(depth.channel(), Math.max(0, depth.time() - origin), depth.depth())).toList();
        Instant begin = Instant.ofEpochSecond(origin / 1_000_000_000, origin % 1_000_000_000);
        return new Timeline(title, begin, last - origin, processors, built, moved);
    }

    private static long extreme(Collection<LaneBuilder> lanes, ToLongFunction<LaneBuilder> time, Comparator<Long> order) {
        return lanes.stream().map(time::applyAsLong).max(order).orElse(0L);
    }

    private void take(RecordedEvent event, String name) {
        switch (name) {
            case "ProcessStart" -> lane(event).start(begin(event), event.getInt("parentPid"), text(event, "name"));
            case "ProcessExit" -> lane(event).exit(begin(event), event.getInt("exitCode"), event.getLong("cpuNanos"), thread(event));
            case "ContextCreation" -> span(event, Span.Kind.START, 0, 0, true);
            case "SemaphoreWait" -> span(event, event.getBoolean("lock") ? Span.Kind.LOCK_WAIT : Span.Kind.SEMAPHORE_WAIT,
                    number(event, "semaphore"), event.getInt("ownerPid"), event.getBoolean("acquired"));
            case "SemaphoreHold" -> span(event, end(event) - event.getLong("held"), Span.Kind.HOLD, number(event, "semaphore"),
                    event.getInt("waiters"), event.getBoolean("released"));
            case "SemaphoreOperation" -> mark(event, event.getBoolean("acquired") ? Mark.Kind.ACQUIRE : Mark.Kind.RELEASE,
                    number(event, "semaphore"), event.getInt("value"), "");
            case "ChannelSend" -> message(event, Span.Kind.SEND, Mark.Kind.SENT);
            case "ChannelReceive" -> message(event, Span.Kind.RECEIVE, Mark.Kind.RECEIVED);
            case "Sleep" -> span(event, Span.Kind.SLEEP, 0, 0, true);
            case "ProcessWait" -> span(event, Span.Kind.PROCESS_WAIT, event.getInt("target"), 0, true);
            case "MemoryWrite" -> mark(event, Mark.Kind.WRITE, number(event, "segment"), event.getLong("offset"),
                    text(event, "value"));
            case "OutputLine" -> mark(event, event.getInt("stream") == 2 ? Mark.Kind.ERROR : Mark.Kind.OUTPUT, 0, 0,
                    text(event, "text"));
            default -> {
                // Events that no picture shows.
            }
        }
    }

    /** A message that had to wait is a span as well as a mark at its end; what ended without a message is only a span. */
    private void message(RecordedEvent event, Span.Kind blocked, Mark.Kind passed) {
        int channel = number(event, "channel");
        if (event.getBoolean("waited")) {
            span(event, blocked, channel, event.getLong("bytes"), true);
        }
        if (event.getInt("pid") != 0 && event.getLong("bytes") >= 0) {
            long end = end(event);
            lane(event).add(new Mark(passed, end, channel, event.getLong("bytes"), "", text(event, "where")));
            depths.add(new Timeline.Depth(channel, end, event.getInt("depth")));
        }
    }

    private void span(RecordedEvent event, Span.Kind kind, int object, long detail, boolean complete) {
        span(event, begin(event), kind, object, detail, complete);
    }

    private void span(RecordedEvent event, long begin, Span.Kind kind, int object, long detail, boolean complete) {
        if (event.getInt("pid") != 0) {
            lane(event).add(new Span(kind, 0, begin, end(event), object, detail, complete, text(event, "where")),
                    thread(event));
        }
    }

    private void mark(RecordedEvent event, Mark.Kind kind, int object, long amount, String text) {
        if (event.getInt("pid") != 0) {
            lane(event).add(new Mark(kind, begin(event), object, amount, text, text(event, "where")));
        }
    }

    private LaneBuilder lane(RecordedEvent event) {
        return lanes.computeIfAbsent(event.getInt("pid"), LaneBuilder::new);
    }

    private static long begin(RecordedEvent event) {
        return nanos(event.getStartTime());
    }

    private static long end(RecordedEvent event) {
        return Math.max(begin(event), nanos(event.getEndTime()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private static int number(RecordedEvent event, String field) {
        int number = event.getInt(field);
        return number >= FIRST_NUMBER ? number - FIRST_NUMBER + 1 : number;
    }

    private static long thread(RecordedEvent event) {
        return event.getThread() == null ? 0 : event.getThread().getId();
    }

    private static String text(RecordedEvent event, String field) {
        String text = event.hasField(field) ? event.getString(field) : null;
        return text == null ? "" : text;
    }
}
