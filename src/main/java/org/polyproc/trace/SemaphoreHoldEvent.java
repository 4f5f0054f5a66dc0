package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A lock is held, from its acquisition to its release or to the end of the process that held it. */
@Name("org.polyproc.SemaphoreHold")
@Label("Semaphore Hold")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class SemaphoreHoldEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The kernel's number of the lock. */
    @Label("Semaphore")
    public int semaphore;

    /** Whether it was released; otherwise its holder has ended. */
    @Label("Released")
    public boolean released;

    /** How many threads waited for it at the end. */
    @Label("Waiters")
    public int waiters;

    /** Where it was acquired, "file:line"; null if unknown, or if it was acquired too soon after the last time to be asked for. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public SemaphoreHoldEvent() {
    }
}
