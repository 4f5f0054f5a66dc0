package org.polyproc.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;

/**
 * A recording of polyproc's events, and of nothing else, in this JVM. It begins when it is made. Confined to one thread; what the
 * events' threads did before {@link #finish} is called is in it.
 */
public final class TimelineRecording implements AutoCloseable {

    private static final List<String> EVENTS = List.of("ProcessStart", "ProcessExit", "ContextCreation", "SemaphoreWait",
            "SemaphoreHold", "SemaphoreOperation", "ChannelSend", "ChannelReceive", "Sleep", "ProcessWait", "MemoryWrite",
            "OutputLine");

    private final Recording recording = new Recording();

    /** Starts to record. */
    public TimelineRecording() {
        EVENTS.forEach(name -> recording.enable(TimelineReader.PREFIX + name).withoutThreshold().withoutStackTrace());
        recording.setName("polyproc");
        recording.start();
    }

    /**
     * Ends the recording.
     *
     * @param title what ran, for people
     * @return what was recorded
     * @throws IOException if the recording can't be kept in the folder for temporary files
     */
    public Timeline finish(String title) throws IOException {
        recording.stop();
        Path file = Files.createTempFile("polyproc", ".jfr");
        try {
            recording.dump(file);
            return TimelineReader.read(file, title, Runtime.getRuntime().availableProcessors());
        } finally {
            Files.delete(file);
        }
    }

    /** Ends the recording, if it has not ended. */
    @Override
    public void close() {
        recording.close();
    }
}
