package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** An interpreter is made. */
@Name("org.polyproc.ContextCreation")
@Label("Context Creation")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class ContextCreationEvent extends Event {

    /** The number of its process; 0 if that is not born yet. */
    @Label("Process")
    public int pid;

    /** Makes an event that has not begun. */
    public ContextCreationEvent() {
    }
}
