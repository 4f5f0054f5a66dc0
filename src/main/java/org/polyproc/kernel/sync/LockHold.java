package org.polyproc.kernel.sync;

import org.polyproc.trace.CoarseClock;
import org.polyproc.trace.SemaphoreHoldEvent;

/**
 * What is known of the present hold of a lock, for the trace and for reports. It is begun by the lock's owner, if somebody wants to
 * know, and ended by who releases the lock, before the lock is free; so it needs no synchronisation of its own.
 *
 * <p>A hold of less than {@link SemaphoreHoldEvent#SHORTEST_NANOS} is not recorded. To look at the clock twice takes longer than to
 * acquire and release a free lock, so what follows in a rhythm of less than that is not looked at each time: of such holds, every
 * {@value #LOOKS_EVERY}th is measured, and one between them is noticed only if it lasts until the {@link CoarseClock} has been set
 * twice. What is lost is a hold of less than 20 ms that one process has at the end of such a row.
 */
public final class LockHold {

    private static final long NONE = Long.MIN_VALUE;
    private static final int LOOKS_EVERY = 16;

    /** When the hold began, in {@link System#nanoTime}'s time, which is not {@link #NONE} by chance. */
    private long begin = NONE;
    /** Whether the begin was read from the coarse clock. */
    private boolean isCoarse;
    private int pid;
    /** The event of a hold that will probably be recorded; to make one takes longer than a short hold. */
    private SemaphoreHoldEvent event;
    private boolean wasLong = true;

    /** When the last hold ended that was measured. */
    private long lastLook;
    /** Every which hold is measured. */
    private int looksEvery = 1;
    /** How many holds will not be measured. */
    private int unlooked;

    LockHold() {
    }

    /**
     * Notes that the calling thread has just taken the lock.
     *
     * @param pid   the number of its process
     * @param where which line of the program took it, or null
     */
    public void begin(int pid, String where) {
        if (wasLong || where != null) {
            SemaphoreHoldEvent begun = new SemaphoreHoldEvent();
            begun.where = where;
            begun.begin();
            event = begun;
        }
        measureFrom(pid);
    }

    private void measureFrom(int pid) {
        this.pid = pid;
        isCoarse = false;
        begin = System.nanoTime();
    }

    /**
     * Does what {@link #begin} does for a hold that will probably be too short to be recorded, by nothing but a look at a clock, which
     * can be compiled into its caller.
     *
     * @return false, with nothing done, if it will probably be recorded
     */
    public boolean beginShortly(int pid) {
        if (wasLong) {
            return false;
        }
        if (unlooked > 0 && this.pid == pid) {
            unlooked--;
            isCoarse = true;
            begin = CoarseClock.now();
        } else {
            measureFrom(pid);
        }
        return true;
    }

    /**
     * Ends a hold if it was too short to be recorded, by nothing but a look at a clock, which can be compiled into its caller.
     *
     * @return false, with nothing done, if it may have to be recorded
     */
    boolean endShortly() {
        if (event != null) {
            return false;
        }
        if (isCoarse) {
            if (begin != CoarseClock.now()) {
                return false;
            }
        } else {
            long now = System.nanoTime();
            if (now - begin >= SemaphoreHoldEvent.SHORTEST_NANOS) {
                return false;
            }
            boolean inRhythm = now - lastLook < looksEvery * SemaphoreHoldEvent.SHORTEST_NANOS && CoarseClock.isRunning(now);
            lookEvery(inRhythm ? LOOKS_EVERY : 1);
            lastLook = now;
        }
        begin = NONE;
        return true;
    }

    private void lookEvery(int holds) {
        looksEvery = holds;
        unlooked = holds - 1;
    }

    /** Ends the hold, if there is one. */
    void end(boolean released, int semaphore, int waiters) {
        if (begin == NONE) {
            return;
        }
        // If it is not known when it began, that was before the clock was set again.
        long latest = isCoarse ? begin + CoarseClock.PERIOD_NANOS : begin;
        long held = Math.max(System.nanoTime() - latest, 0);
        wasLong = held >= SemaphoreHoldEvent.SHORTEST_NANOS;
        if (wasLong || !released) {
            SemaphoreHoldEvent ended = event == null ? new SemaphoreHoldEvent() : event;
            ended.held = held;
            ended.pid = pid;
            ended.semaphore = semaphore;
            ended.released = released;
            ended.waiters = waiters;
            ended.commit();
        }
        lookEvery(1);
        event = null;
        begin = NONE;
    }

    /** Returns whether a hold has begun that is to be noted. Called by who releases. */
    public boolean isNoted() {
        return begin != NONE;
    }

    /**
     * Returns whether the last hold was long enough to be recorded, so that the next one probably is. Called by the owner; true before
     * the first hold has ended.
     */
    public boolean wasLong() {
        return wasLong;
    }

    /** Returns whether it was looked at the clock when the hold began. Called by the owner. */
    boolean isMeasured() {
        return begin != NONE && !isCoarse;
    }

    /** Returns which line of the program took the lock, "file:line"; null if nobody needed to know, or it is free. */
    String where() {
        SemaphoreHoldEvent current = event;
        return current == null ? null : current.where;
    }
}
