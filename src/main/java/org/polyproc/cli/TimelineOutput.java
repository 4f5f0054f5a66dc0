package org.polyproc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.polyproc.trace.EventRecording;
import org.polyproc.trace.Timeline;
import org.polyproc.trace.TimelineFormat;
import org.polyproc.trace.TimelineReader;

/**
 * The picture that {@code --timeline} asks for: what it needs is checked before the program runs, it is made when that has ended.
 *
 * @param format    how to draw
 * @param file      where to
 * @param recorded  a temporary file of the flight recorder
 * @param recording what goes on
 */
record TimelineOutput(TimelineFormat format, OutputFile file, Path recorded, EventRecording recording) {

    /**
     * Starts to record.
     *
     * @param values whether writes to shared values are drawn
     * @throws IllegalArgumentException if the file's ending is none of a timeline, or the file can't be written
     * @throws IOException              if no temporary file can be made
     */
    static TimelineOutput start(Path path, boolean values) throws IOException {
        TimelineFormat format = TimelineFormat.of(path);
        OutputFile file = new OutputFile(path, "timeline");
        Path recorded = Files.createTempFile("polyproc", ".jfr");
        return new TimelineOutput(format, file, recorded, EventRecording.start(recorded, values));
    }

    /**
     * Ends the recording and makes the picture. If that fails, it is said; the exit status remains the program's.
     *
     * @param title what ran
     * @param err   where a failure, and to a terminal the success too, is told
     */
    void finish(String title, PrintWriter err) {
        try {
            recording.close();
            Timeline timeline = read(title);
            file.write(stream -> format.write(timeline, stream));
            if (LauncherHost.isTerminal(2)) {
                err.println("polyproc: the timeline is in " + file.path());
            }
        } catch (IOException e) {
            err.println("polyproc: " + e.getMessage());
        }
        err.flush();
    }

    private Timeline read(String title) throws IOException {
        try {
            return TimelineReader.read(recorded, title, Runtime.getRuntime().availableProcessors());
        } finally {
            Files.deleteIfExists(recorded);
        }
    }
}
