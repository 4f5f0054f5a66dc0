package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A process has ended. */
@Name("org.polyproc.ProcessExit")
@Label("Process Exit")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
public final class ProcessExitEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** Its exit code; negative: the signal that ended it. */
    @Label("Exit Code")
    public int exitCode;

    /** What its threads used, in nanoseconds. */
    @Label("Processor Time")
    @Timespan(Timespan.NANOSECONDS)
    public long cpuNanos;

    /** Makes an event that has not begun. */
    public ProcessExitEvent() {
    }
}
