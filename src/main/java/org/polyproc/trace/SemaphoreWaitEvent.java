package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A thread waits for a unit of a semaphore or for a lock. */
@Name("org.polyproc.SemaphoreWait")
@Label("Semaphore Wait")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class SemaphoreWaitEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The kernel's number of the semaphore. */
    @Label("Semaphore")
    public int semaphore;

    /** Whether the semaphore is a lock: it has one unit. */
    @Label("Lock")
    public boolean lock;

    /** The process that held the lock when the wait began; 0 if unknown. */
    @Label("Owner")
    public int ownerPid;

    /** Whether a unit was acquired in the end. */
    @Label("Acquired")
    public boolean acquired;

    /** The innermost line of the program's own code, "file:line"; null if unknown. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public SemaphoreWaitEvent() {
    }
}
