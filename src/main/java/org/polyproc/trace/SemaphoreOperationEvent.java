package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A unit of a semaphore that is no lock was acquired or released. */
@Name("org.polyproc.SemaphoreOperation")
@Label("Semaphore Operation")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
public final class SemaphoreOperationEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The kernel's number of the semaphore. */
    @Label("Semaphore")
    public int semaphore;

    /** How many units were free afterwards. */
    @Label("Value")
    public int value;

    /** Whether a unit was acquired; otherwise it was released. */
    @Label("Acquired")
    public boolean acquired;

    /** Makes an event that has not begun. */
    public SemaphoreOperationEvent() {
    }
}
