package org.polyproc.syscall;

import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.trace.ProcessWaitEvent;
import org.polyproc.trace.SleepEvent;
import org.polyproc.trace.Trace;

/** Tells the flight recorder of sleeps and of waits for processes. If nobody records, the events are null. */
final class ProcessTrace {

    /** {@link #wait}: what is waited for is not exactly one process. */
    static final int SEVERAL = 0;

    private ProcessTrace() {
    }

    /** Begins a sleep. */
    static SleepEvent sleep(VirtualProcess self) {
        if (!Trace.isOn()) {
            return null;
        }
        SleepEvent event = new SleepEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        event.pid = self.pid();
        event.where = self.whereabouts().line();
        return event;
    }

    /** Ends a sleep. */
    static void end(SleepEvent event) {
        if (event != null) {
            event.commit();
        }
    }

    /**
     * Begins a wait.
     *
     * @param target the number of the process that is waited for, or {@link #SEVERAL}
     */
    static ProcessWaitEvent wait(VirtualProcess self, int target) {
        if (!Trace.isOn()) {
            return null;
        }
        ProcessWaitEvent event = new ProcessWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        event.pid = self.pid();
        event.target = target;
        event.where = self.whereabouts().line();
        return event;
    }

    /** Ends a wait. */
    static void end(ProcessWaitEvent event) {
        if (event != null) {
            event.commit();
        }
    }
}
