package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A thread sleeps. */
@Name("org.polyproc.Sleep")
@Label("Sleep")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class SleepEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The innermost line of the program's own code, "file:line"; null if unknown. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public SleepEvent() {
    }
}
