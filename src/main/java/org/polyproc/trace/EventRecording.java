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
     * @param file what is written at the end; it is replaced if it is there
     * @throws IOException if it can't be written
     */
    public static EventRecording start(Path file) throws IOException {
        EventRecording started = new EventRecording();
        try {
            started.recording.setName("polyproc");
            started.recording.setToDisk(true);
            started.recording.setDumpOnExit(true);
            started.recording.setDestination(file);
            names().forEach(started.recording::enable);
            started.recording.start();
            return started;
        } catch (IOException | RuntimeException e) {
            started.recording.close();
            throw e;
        }
    }

    /** Returns the names of all events. */
    public static List<String> names() {
        return EVENTS.stream().map(event -> event.getAnnotation(Name.class).value()).toList();
    }

    /** Ends the recording and writes the file. Idempotent. */
    @Override
    public void close() {
        recording.close();
    }
}
