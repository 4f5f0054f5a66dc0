package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/** System calls about semaphores, for {@code _multiprocessing}. Thread-safe. */
public final class SemaphoreCalls {

    private final Kernel kernel;
    private final VirtualProcess self;

    SemaphoreCalls(Kernel kernel, VirtualProcess self) {
        this.kernel = kernel;
        this.self = self;
    }

    /**
     * Makes a semaphore.
     *
     * @param recursive whether the thread that holds it may take it again
     * @param value     the first value, 0 to {@code maxValue}
     * @param maxValue  the bound, at least 1
     */
    @Export
    public SemLock create(boolean recursive, int value, int maxValue) {
        return new SemLock(self, self.descriptors().hold(kernel.semaphore(value, maxValue)), recursive);
    }

    /**
     * Makes a semaphore with a name, under which it lives until {@link #unlink}.
     *
     * @return null if the name is in use
     */
    @Export
    public SemLock createNamed(boolean recursive, int value, int maxValue, String name) {
        KernelSemaphore semaphore = self.descriptors().hold(kernel.semaphore(value, maxValue));
        if (!kernel.semaphoreNames().putIfAbsent(name, semaphore)) {
            self.descriptors().drop(semaphore.id());
            return null;
        }
        return new SemLock(self, semaphore, recursive);
    }

    /**
     * Opens a semaphore by its name.
     *
     * @return null if there is none
     */
    @Export
    public SemLock openNamed(String name, boolean recursive) {
        return kernel.semaphoreNames().hold(name, self.descriptors())
                .map(semaphore -> new SemLock(self, semaphore, recursive)).orElse(null);
    }

    /**
     * Removes a name; who has opened the semaphore keeps it.
     *
     * @return false if there is no such name
     */
    @Export
    public boolean unlink(String name) {
        return kernel.semaphoreNames().remove(name);
    }

    /**
     * Opens a semaphore that this process holds, because it inherited it.
     *
     * @param id        its number
     * @param recursive whether the thread that holds it may take it again
     */
    @Export
    public SemLock rebuild(int id, boolean recursive) {
        return new SemLock(self, self.descriptors().open(id, KernelSemaphore.class), recursive);
    }
}
