package org.polyproc;

import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.KernelObject;
import org.polyproc.syscall.Hold;

/**
 * What Java itself holds of a host's kernel, the counterpart of a process's {@link Descriptors}. Thread-safe.
 */
final class Holdings implements AutoCloseable {

    private final Kernel kernel;
    private final Descriptors descriptors = new Descriptors();
    private volatile boolean closed;

    Holdings(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Returns the kernel, to make objects that are then held.
     *
     * @throws IllegalStateException if the host is closed
     */
    Kernel kernel() {
        checkOpen();
        return kernel;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("a closed host shares nothing");
        }
    }

    /**
     * Holds a kernel object until its twin is garbage or the host is closed.
     *
     * @throws IllegalStateException if the host is closed
     */
    void hold(Object twin, KernelObject object) {
        object.retain();
        try {
            descriptors.hold(object);
        } catch (IllegalStateException e) {
            checkOpen();
            throw e;
        } finally {
            // An object that is new and was not held is destroyed by this.
            object.drop();
        }
        new Hold(twin, descriptors, object.id());
    }

    /**
     * Lets a process hold what Java holds; the process has to open it.
     *
     * @throws IllegalArgumentException if Java does not hold it any more
     */
    void give(KernelObject object, Descriptors receiver) {
        descriptors.give(object.id(), receiver);
    }

    /** Gives everything back; who waits for a semaphore that only Java holds gets an {@link IllegalStateException}. */
    @Override
    public void close() {
        closed = true;
        descriptors.close();
    }
}
