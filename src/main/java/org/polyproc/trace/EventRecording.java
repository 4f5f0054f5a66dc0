package org.polyproc.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;

/**
 * A recording of polyproc's events, and of nothing else, into a file. The file is written when the recording is closed, at the
 * latest when the JVM ends. Thread-safe.
 */
public final class EventRecording implements AutoCloseable {

    private static final List<Class<? extends Event>> EVENTS = List.of(ProcessStartEvent.class, ProcessExitEvent.class,
            ContextCreationEvent.class, SemaphoreWaitEvent.class, SemaphoreHoldEvent.class, SemaphoreOperationEvent.class,
            ChannelSendEvent.class, ChannelReceiveEvent.class, SleepEvent.class, ProcessWaitEvent.class, OutputLineEvent.class);

    private final Recording recording = new Recording();

    private EventRecording() {
    }

    /**
     * Begins a recording.
     *
     * @param file   what is written at the end; it is replaced if it is there
     * @param values whether each write to a shared value is recorded, which slows those down
     * @throws IOException if it can't be written
     */
    public static EventRecording start(Path file, boolean values) throws IOException {
        EventRecording started = new EventRecording();
        try {
            started.recording.setName("polyproc");
            started.recording.setToDisk(true);
            started.recording.setDumpOnExit(true);
            started.recording.setDestination(file);
            // Classes, not names: so the events are made ready now, and not while a process is in a hurry.
            EVENTS.forEach(started.recording::enable);
            if (values) {
                started.recording.enable(MemoryWriteEvent.class);
            }
            started.recording.start();
            return started;
        } catch (IOException | RuntimeException e) {
            started.recording.close();
            throw e;
        }
    }

    /** Returns the names of all events but that of writes to shared values. */
    public static List<String> names() {
        return EVENTS.stream().map(event -> event.getAnnotation(Name.class).value()).toList();
    }

    /** Ends the recording and writes the file. Idempotent. */
    @Override
    public void close() {
        recording.close();
    }
}
