package org.polyproc.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emits events as the kernel does, and reads them from a recording. */
class TimelineReaderTest {

    private static final int LOCK = (1 << 20) + 4;

    @TempDir
    private Path folder;

    private static void process(int pid, String name) {
        ProcessStartEvent event = new ProcessStartEvent();
        event.pid = pid;
        event.parentPid = pid - 1;
        event.name = name;
        event.commit();
    }

    private static void exit(int pid, int code) {
        ProcessExitEvent event = new ProcessExitEvent();
        event.pid = pid;
        event.exitCode = code;
        event.cpuNanos = 7;
        event.commit();
    }

    private static void line(int pid, int stream, String text) {
        OutputLineEvent event = new OutputLineEvent();
        event.pid = pid;
        event.stream = stream;
        event.text = text;
        event.commit();
    }

    private static void lock(int pid) {
        SemaphoreWaitEvent wait = new SemaphoreWaitEvent();
        wait.begin();
        wait.pid = pid;
        wait.semaphore = LOCK;
        wait.lock = true;
        wait.ownerPid = 2;
        wait.acquired = true;
        wait.where = "s.py:3";
        wait.commit();
        SemaphoreHoldEvent hold = new SemaphoreHoldEvent();
        hold.begin();
        hold.pid = pid;
        hold.semaphore = LOCK;
        hold.waiters = 2;
        hold.commit();
    }

    private static void receive(int pid, boolean waited, long bytes) {
        ChannelReceiveEvent event = new ChannelReceiveEvent();
        event.begin();
        event.pid = pid;
        event.channel = 9;
        event.bytes = bytes;
        event.depth = 4;
        event.waited = waited;
        event.commit();
    }

    private void emit() throws InterruptedException {
        ContextCreationEvent prepared = new ContextCreationEvent();
        prepared.begin();
        prepared.commit();
        process(2, "MainProcess");
        ContextCreationEvent first = new ContextCreationEvent();
        first.begin();
        first.pid = 2;
        first.commit();
        process(3, "Process-1");
        line(3, 1, "text");
        line(3, 2, "error");
        MemoryWriteEvent write = new MemoryWriteEvent();
        write.pid = 3;
        write.segment = LOCK + 1;
        write.offset = 8;
        write.value = "12";
        write.commit();
        // A process's exit is told by its main thread, so the other one is not.
        Thread other = Thread.ofPlatform().start(() -> {
            SleepEvent sleep = new SleepEvent();
            sleep.begin();
            sleep.pid = 3;
            sleep.commit();
        });
        other.join();
        lock(3);
        receive(3, true, 12);
        receive(3, false, 5);
        receive(3, true, -1);
        exit(3, -15);
    }

    @Test
    void aRecordingBecomesLanes() throws Exception {
        Path file = folder.resolve("r.jfr");
        try (EventRecording recording = EventRecording.start(file, true)) {
            emit();
        }
        Timeline timeline = TimelineReader.read(file, "title", 3);
        assertEquals("title", timeline.title());
        assertEquals(List.of("MainProcess", "Process-1"), timeline.lanes().stream().map(Lane::name).toList());
        Lane main = timeline.lanes().get(0);
        assertEquals(OptionalInt.empty(), main.exitCode());
        assertEquals("still running", main.ending());
        assertEquals(List.of(), main.spans(), "the first interpreter is left out");
        assertEquals(0, main.begin());
        assertEquals(timeline.length(), main.end(), "what has no end lasts until the end");
        Lane lane = timeline.lanes().get(1);
        assertEquals("killed by SIGTERM", lane.ending());
        assertEquals(2, lane.parent());
        assertEquals(7, lane.cpuNanos());
        assertEquals(List.of(Span.Kind.SLEEP, Span.Kind.LOCK_WAIT, Span.Kind.HOLD, Span.Kind.RECEIVE, Span.Kind.RECEIVE),
                lane.spans().stream().map(Span::kind).toList());
        assertEquals(List.of(1, 0, 0, 0, 0), lane.spans().stream().map(Span::thread).toList());
        Span wait = lane.spans().get(1);
        assertEquals("s.py:3", wait.where());
        assertEquals(2, wait.detail());
        assertEquals(5, wait.object(), "numbers count from 1");
        assertTrue(wait.complete());
        assertFalse(lane.spans().get(2).complete());
        assertEquals("", lane.spans().get(2).where());
        assertEquals(List.of("text", "error", "12", "", ""), lane.marks().stream().map(Mark::text).toList());
        assertEquals(List.of(Mark.Kind.OUTPUT, Mark.Kind.ERROR, Mark.Kind.WRITE, Mark.Kind.RECEIVED, Mark.Kind.RECEIVED),
                lane.marks().stream().map(Mark::kind).toList());
        assertEquals(List.of(4, 4), timeline.depths().stream().map(Timeline.Depth::depth).toList());
        for (Span span : lane.spans()) {
            assertTrue(lane.begin() <= span.begin() && span.end() <= lane.end() && lane.end() <= timeline.length(), span.toString());
        }
    }

    @Test
    void aRecordingWithoutProcessesIsAnEmptyTimeline() throws Exception {
        Path file = folder.resolve("r.jfr");
        EventRecording.start(file, true).close();
        Timeline timeline = TimelineReader.read(file, "t", 1);
        assertEquals(List.of(), timeline.lanes());
        assertEquals(0, timeline.length());
    }
}
