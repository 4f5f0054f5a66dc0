package org.polyproc.syscall;

import java.lang.ref.Cleaner;
import org.polyproc.kernel.Descriptors;

/**
 * A process's hold on a kernel object, given back when it is closed or, since GraalPy calls no {@code __del__}, when the Java
 * object that stands for it is garbage. Thread-safe.
 */
public final class Hold {

    private static final Cleaner CLEANER =
            Cleaner.create(Thread.ofPlatform().daemon().name("polyproc-cleaner").factory());

    private final int id;
    private final Cleaner.Cleanable cleanable;

    /**
     * @param owner       what Python or an embedder holds; must not be reachable from the hold
     * @param descriptors the process's kernel objects, with one hold on this one, which is given back
     * @param id          the object's number
     */
    public Hold(Object owner, Descriptors descriptors, int id) {
        this.id = id;
        this.cleanable = CLEANER.register(owner, () -> descriptors.drop(id));
    }

    int id() {
        return id;
    }

    /** Gives the hold back. Idempotent. */
    void close() {
        cleanable.clean();
    }
}
