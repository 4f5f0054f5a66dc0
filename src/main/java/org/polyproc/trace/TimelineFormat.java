package org.polyproc.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.charset.CodingErrorAction;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The formats of a timeline's file. The ending of its name says which one is meant. Thread-safe. */
public enum TimelineFormat {
    /** A page for a browser, which zooms and tells what is under the mouse. */
    HTML(HtmlTimeline::write),
    /** The Trace Event format, which Perfetto and Chrome open. */
    JSON(TraceEvents::write),
    /** A still picture for a document. */
    SVG(SvgTimeline::write);

    /** What writes a format. */
    @FunctionalInterface
    private interface Drawing {
        void write(Timeline timeline, Writer out) throws IOException;
    }

    private final Drawing drawing;

    TimelineFormat(Drawing drawing) {
        this.drawing = drawing;
    }

    /**
     * The format that a file's name asks for.
     *
     * @param file a name that ends with {@code .html}, {@code .json} or {@code .svg}
     * @return the format
     * @throws IllegalArgumentException if it ends otherwise
     */
    public static TimelineFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the file of a timeline must end with .html, .json or .svg: file=" + file));
    }

    /**
     * Writes a timeline in UTF-8. What can't be encoded, half of a surrogate pair, becomes a question mark.
     *
     * @param timeline what to write
     * @param stream   is flushed, not closed
     * @throws IOException if the stream fails
     */
    public void write(Timeline timeline, OutputStream stream) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE)));
        drawing.write(timeline, out);
        out.flush();
    }
}
