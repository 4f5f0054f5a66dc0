package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/** System calls about semaphores, for {@code _multiprocessing}. Thread-safe. */
public final class SemaphoreCalls {

    /** Linux's {@code NAME_MAX}, in characters. */
    private static final int MAX_NAME = 255;

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
     * @return the {@link SemLock}, or -ENFILE
     */
    @Export
    public Object create(boolean recursive, int value, int maxValue) {
        return Errno.limited(() -> new SemLock(self, make(value, maxValue), recursive));
    }

    private KernelSemaphore make(int value, int maxValue) {
        return self.descriptors().holdNew(kernel.semaphore(value, maxValue));
    }

    /**
     * Makes a semaphore with a name, under which it lives until {@link #unlink}.
     *
     * @return the {@link SemLock}; or -EEXIST if the name is in use, -ENFILE
     */
    @Export
    public Object createNamed(boolean recursive, int value, int maxValue, String name) {
        checkName(name);
        return Errno.limited(() -> {
            SemLock lock = new SemLock(self, make(value, maxValue), recursive);
            boolean named = false;
            try {
                named = lock.giveName(kernel.semaphoreNames(), name);
            } finally {
                if (!named) {
                    lock.close();
                }
            }
            return named ? lock : -Errno.EEXIST;
        });
    }

    /**
     * Opens a semaphore by its name.
     *
     * @return the {@link SemLock}; or -ENOENT if there is none, -ENFILE
     */
    @Export
    public Object openNamed(String name, boolean recursive) {
        checkName(name);
        return Errno.limited(() -> kernel.semaphoreNames().hold(name, self.descriptors())
                .map(semaphore -> (Object) new SemLock(self, semaphore, recursive)).orElse(-Errno.ENOENT));
    }

    /**
     * Removes a name; who has opened the semaphore keeps it.
     *
     * @return false if there is no such name
     */
    @Export
    public boolean unlink(String name) {
        return kernel.semaphoreNames().remove(checkName(name));
    }

    private static String checkName(String name) {
        return Arguments.text("the name of a semaphore", name, MAX_NAME);
    }

    /**
     * Opens a semaphore that this process holds, because it inherited it.
     *
     * @param id        its number
     * @param recursive whether the thread that holds it may take it again
     * @return the {@link SemLock}, or -EBADF
     */
    @Export
    public Object rebuild(int id, boolean recursive) {
        return self.descriptors().tryOpen(id, KernelSemaphore.class)
                .map(semaphore -> (Object) new SemLock(self, semaphore, recursive)).orElse(-Errno.EBADF);
    }
}
