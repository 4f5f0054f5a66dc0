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
     * Takes one hold over that the process has, and pins it: nothing else gives it back.
     *
     * @param owner       what Python or an embedder holds; must not be reachable from the hold
     * @param descriptors the process's kernel objects, with one hold on this one
     * @param id          the object's number
     */
    public Hold(Object owner, Descriptors descriptors, int id) {
        this(owner, id, () -> descriptors.unpin(id));
        descriptors.pin(id);
    }

    private Hold(Object owner, int id, Runnable giveBack) {
        this.id = id;
        this.cleanable = CLEANER.register(owner, giveBack);
    }

    /** Takes one hold over that whoever closes the object's number gives back as well, as of a file; see the constructor. */
    static Hold ofFile(Object owner, Descriptors descriptors, int id) {
        return new Hold(owner, id, () -> descriptors.drop(id));
    }

    int id() {
        return id;
    }

    /** Gives the hold back. Idempotent. */
    void close() {
        cleanable.clean();
    }
}
