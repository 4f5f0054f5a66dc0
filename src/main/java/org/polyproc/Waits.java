package org.polyproc;

import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/** Waiting for what an interrupt does not end. */
final class Waits {

    private Waits() {
    }

    /**
     * Takes a unit, waiting for one; an interrupt is kept for later. But a callback of a process that is being ended would keep
     * that process from ending, so there it gives up.
     *
     * @throws IllegalStateException if the process on whose behalf the calling thread waits is ending
     */
    static void acquireUninterruptibly(KernelSemaphore semaphore) {
        boolean interrupted = false;
        try {
            while (!semaphore.tryAcquire()) {
                try {
                    semaphore.acquire();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (VirtualProcess.isCallerEnding()) {
                        throw new IllegalStateException("the process that waits here is being ended", e);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
