package org.polyproc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.polyproc.trace.Timeline;
import org.polyproc.trace.TimelineFormat;
import org.polyproc.trace.TimelineRecording;

/** The picture that {@code --timeline} asks for: what it needs is checked before the program runs, it is made when that has ended. */
final class TimelineOutput {

    private final TimelineFormat format;
    private final OutputFile file;
    private final TimelineRecording recording;

    /**
     * Starts to record.
     *
     * @throws IllegalArgumentException if the file's ending is none of a timeline, or the file can't be written
     */
    TimelineOutput(Path path) {
        format = TimelineFormat.of(path);
        file = new OutputFile(path, "timeline");
        recording = new TimelineRecording();
    }

    /**
     * Ends the recording and makes the picture. If that fails, it is said; the exit status remains the program's.
     *
     * @param title what ran
     * @param err   where a failure, and to a terminal the success too, is told
     */
    void finish(String title, PrintWriter err) {
        try (recording) {
            Timeline timeline = recording.finish(title);
            file.write(stream -> format.write(timeline, stream));
            if (LauncherHost.isTerminal(2)) {
                err.println("polyproc: the timeline is in " + file.path());
            }
        } catch (IOException e) {
            err.println("polyproc: " + e.getMessage());
        }
        err.flush();
    }
}
