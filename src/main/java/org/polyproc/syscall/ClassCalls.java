package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;

/** System calls about Python's classes. Thread-safe. */
public final class ClassCalls {

    /**
     * Gives the process's module {@code _abc} what CPython's has, for {@code abc}, which must not have been imported; see
     * {@link AbstractClasses}. Does nothing if GraalPy's classes are not accessible.
     */
    @Export
    public void install() {
        QuickCall.ifAccessible(() -> {
            AbstractClasses.install();
            return null;
        });
    }
}
