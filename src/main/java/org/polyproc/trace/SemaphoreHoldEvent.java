package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * A lock is held, from its acquisition to its release or to the end of the process that held it. Shorter ones than a microsecond,
 * which nobody can see in a picture, are left out: to write one down takes several times as long as they do.
 */
@Name("org.polyproc.SemaphoreHold")
@Label("Semaphore Hold")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("1 us")
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

    /**
     * Where it was acquired, "file:line"; null if unknown, or if it was acquired too soon after the last time to be asked for, or after
     * a hold that was too short to be recorded.
     */
    @Label("Where")
    public String where;

    private static final SemaphoreHoldEvent ANY = new SemaphoreHoldEvent();

    /** Makes an event that has not begun. */
    public SemaphoreHoldEvent() {
    }

    /** Returns whether a recording wants such events. */
    public static boolean isWanted() {
        return ANY.isEnabled();
    }
}
