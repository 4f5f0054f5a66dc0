package org.polyproc.kernel.process;

import java.util.HashSet;
import java.util.Set;
import org.polyproc.kernel.Budget;

/**
 * The threads of one process besides its main thread, which it takes from a budget of all processes: a thread is asked for before it
 * starts, begins and ends. Thread-safe.
 */
final class ThreadQuota {

    private final Budget budget;

    /* Guarded by this. */
    private final Set<Thread> running = new HashSet<>();
    private int requested;
    private boolean closed;

    /** @param budget how many threads there may be */
    ThreadQuota(Budget budget) {
        this.budget = budget;
    }

    /** Takes a place for a thread; returns false if there is none. */
    synchronized boolean request() {
        if (closed || !budget.tryTake(1)) {
            return false;
        }
        requested++;
        return true;
    }

    /** Gives a place back for which no thread has begun. */
    synchronized void cancel() {
        if (requested > 0) {
            requested--;
            budget.giveBack(1);
        }
    }

    /** Notes that a thread has begun; returns false if it was not asked for and there is no place for it. */
    synchronized boolean begin(Thread thread) {
        if (closed || running.contains(thread)) {
            return true;
        }
        if (requested > 0) {
            requested--;
        } else if (!budget.tryTake(1)) {
            return false;
        }
        running.add(thread);
        return true;
    }

    /** Notes that a thread has ended. */
    synchronized void end(Thread thread) {
        if (running.remove(thread)) {
            budget.giveBack(1);
        }
    }

    /** Gives all places back; none is taken afterwards. */
    synchronized void close() {
        closed = true;
        budget.giveBack(running.size() + requested);
        running.clear();
        requested = 0;
    }
}
