package org.polyproc.kernel.process;

import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.channel.Waitable;

/** Becomes ready when its process ends, and stays so: the counterpart of a {@code pidfd}. Thread-safe. */
public final class ProcessSentinel extends KernelObject implements Waitable {

    private final VirtualProcess process;

    /**
     * @param id      the object's number
     * @param process the process
     */
    public ProcessSentinel(int id, VirtualProcess process) {
        super(id);
        this.process = process;
    }

    /** Returns the process. */
    public VirtualProcess process() {
        return process;
    }

    @Override
    public boolean isReady() {
        return process.exitCode().isPresent();
    }

    @Override
    public void addListener(Runnable listener) {
        process.exitListeners().add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        process.exitListeners().remove(listener);
    }

    @Override
    protected void destroy() {
        // The process goes its own way.
    }
}
