package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A process completed a line of its output. */
@Name("org.polyproc.OutputLine")
@Label("Output Line")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
public final class OutputLineEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** 1: standard output, 2: standard error. */
    @Label("Stream")
    public int stream;

    /** The line, cut at 200 characters. */
    @Label("Text")
    public String text;

    /** Makes an event that has not begun. */
    public OutputLineEvent() {
    }
}
