package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A process was born. */
@Name("org.polyproc.ProcessStart")
@Label("Process Start")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
public final class ProcessStartEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The number of its parent; 1 if Java started it. */
    @Label("Parent")
    public int parentPid;

    /** Its name, for people. */
    @Label("Name")
    public String name;

    /** Makes an event that has not begun. */
    public ProcessStartEvent() {
    }
}
