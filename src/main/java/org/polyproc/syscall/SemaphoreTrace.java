package org.polyproc.syscall;

import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.Whereabouts.Occasion;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.trace.SemaphoreHoldEvent;
import org.polyproc.trace.SemaphoreOperationEvent;
import org.polyproc.trace.SemaphoreWaitEvent;
import org.polyproc.trace.Trace;

/** Tells the flight recorder what processes do with a semaphore; an instance is one wait, used by the thread that waits. */
final class SemaphoreTrace {

    private final SemaphoreWaitEvent event = new SemaphoreWaitEvent();

    private SemaphoreTrace() {
    }

    /** Begins a wait; returns null if nobody records waits. */
    static SemaphoreTrace begin(VirtualProcess self, KernelSemaphore semaphore) {
        SemaphoreTrace trace = new SemaphoreTrace();
        SemaphoreWaitEvent event = trace.event;
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        event.pid = self.pid();
        event.semaphore = semaphore.id();
        event.lock = semaphore.isLock();
        event.ownerPid = ownerPid(self, semaphore);
        // While it has to wait anyway.
        event.where = self.whereabouts().line();
        return trace;
    }

    private static int ownerPid(VirtualProcess self, KernelSemaphore semaphore) {
        KernelSemaphore.Abandonment abandonment = semaphore.abandonment();
        if (abandonment != null) {
            return abandonment.pid();
        }
        Thread owner = semaphore.owner();
        return owner == null ? 0 : self.table().ofThread(owner).map(VirtualProcess::pid).orElse(0);
    }

    /** Returns which line of the program waits, "file:line" or null. */
    String where() {
        return event.where;
    }

    /** Ends the wait, successfully or not. */
    void end(boolean acquired) {
        event.acquired = acquired;
        event.commit();
    }

    /**
     * Notes that the calling thread has just taken a unit.
     *
     * @param where   the line, if it is known already
     * @param watched whether somebody wants to know who holds locks, and since which line
     */
    static void acquired(VirtualProcess self, KernelSemaphore semaphore, String where, boolean watched) {
        if (!semaphore.isLock()) {
            operation(self, semaphore, true);
        } else if (watched || SemaphoreHoldEvent.isWanted()) {
            // To look at the program takes longer than a hold that is too short to be recorded.
            boolean asks = where == null && (watched || semaphore.hold().wasLong());
            semaphore.hold().begin(self.pid(), asks ? self.whereabouts().lineIfCheap(Occasion.LOCK) : where);
        }
    }

    /**
     * Notes that the calling thread has just taken a unit, if that needs no more than a look at a clock, which can be compiled into its
     * caller: if nobody wants to know, or if the lock will probably be held for too short a time to be recorded.
     *
     * @return false if {@link #acquired} is to be called
     */
    static boolean acquiredShortly(VirtualProcess self, KernelSemaphore semaphore, boolean watched) {
        return !watched && semaphore.isLock()
                && (!SemaphoreHoldEvent.isWanted() || semaphore.hold().beginShortly(self.pid()));
    }

    /** Notes that a unit of a semaphore that is no lock was taken or given back. */
    static void operation(VirtualProcess self, KernelSemaphore semaphore, boolean acquired) {
        if (Trace.isOn()) {
            SemaphoreOperationEvent event = new SemaphoreOperationEvent();
            event.pid = self.pid();
            event.semaphore = semaphore.id();
            event.value = semaphore.value();
            event.acquired = acquired;
            event.commit();
        }
    }
}
