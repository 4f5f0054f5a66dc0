package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A shared value or an element of a shared array was written. Processes that began before a recording asked for it don't tell. */
@Name("org.polyproc.MemoryWrite")
@Label("Memory Write")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
public final class MemoryWriteEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The kernel's number of the memory. */
    @Label("Segment")
    public int segment;

    /** Where in it the value begins, in bytes. */
    @Label("Offset")
    public long offset;

    /** The value afterwards, as Python prints it. */
    @Label("Value")
    public String value;

    /** Which line wrote it, "file:line"; null if unknown, or if that was too soon after the last time to be asked for. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public MemoryWriteEvent() {
    }
}
