package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A thread waits for the end of a process, or for one of several connections and processes. */
@Name("org.polyproc.ProcessWait")
@Label("Process Wait")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class ProcessWaitEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The number of the process that is waited for; 0 if it is not exactly one. */
    @Label("Target")
    public int target;

    /** The innermost line of the program's own code, "file:line"; null if unknown. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public ProcessWaitEvent() {
    }
}
