package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A lock was held, from its acquisition to its release or to the end of the process that held it. Shorter holds than
 * {@link #SHORTEST_NANOS}, which nobody can see in a picture, are left out: to write one down takes several times as long as they do.
 *
 * <p>Of holds that follow each other in less than a microsecond each, every sixteenth is measured. One between them is recorded only if it
 * lasts until the {@link CoarseClock} has been set twice, and its duration is up to 10 ms too short. To have this clock set, the event has a
 * period.
 *
 * <p>The event's end is the hold's. Its duration is the hold's as well, unless the hold before it was left out: then the hold was not
 * expected to be recorded, the event's duration is nothing, and {@link #held} alone says when it began.
 */
@Name("org.polyproc.SemaphoreHold")
@Label("Semaphore Hold")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Period(CoarseClock.PERIOD)
public final class SemaphoreHoldEvent extends Event {

    /** How long a hold must be to be recorded, in nanoseconds. */
    public static final long SHORTEST_NANOS = 1000;

    /** How long it was held, in nanoseconds. */
    @Label("Held")
    @Timespan(Timespan.NANOSECONDS)
    public long held;

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
