package org.polyproc.compare;

import java.util.Objects;

/**
 * One line as a process wrote it to its standard output. Immutable, hence safe for use by several threads.
 *
 * @param pid     the process's id; lines with the same pid belong to the same process
 * @param process the process's name, for people; two processes may have the same name
 * @param text    the line without its line end
 */
public record OutputLine(int pid, String process, String text) {

    /**
     * Makes a line.
     *
     * @throws IllegalArgumentException if the text holds a line feed
     * @throws NullPointerException     if the process or the text is null
     */
    public OutputLine {
        Objects.requireNonNull(process, "process");
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line must not hold a line feed: text=" + Visible.quoted(text));
        }
    }
}
