package org.polyproc.syscall;

import java.util.Map;
import org.graalvm.polyglot.HostAccess.Export;

/** System calls about Python sources, for the import system of one process. Thread-safe. */
public final class SourceCalls {

    private final Map<String, String> overlay;
    private final LibraryCode code;
    private volatile boolean sealed;

    /**
     * @param overlay the sources of the overlay's modules by their full names
     * @param code    the code that the host's processes share
     * @param sealed  whether the process may have executed a program's code already
     */
    public SourceCalls(Map<String, String> overlay, LibraryCode code, boolean sealed) {
        this.overlay = overlay;
        this.code = code;
        this.sealed = sealed;
    }

    /** Returns the source of an overlay module, or null if the overlay has no such module. */
    @Export
    public String overlay(String module) {
        return module == null ? null : overlay.get(module);
    }

    /**
     * Returns a builtin function of a name, which returns the code object that a process of this host made and kept under that name, or
     * {@code None}; null if there is no such function.
     */
    @Export
    public Object finder() {
        return QuickCall.ifAccessible(() -> new SourcePort(this).finder());
    }

    /**
     * Returns a builtin function of a name and a code object, which keeps it for other processes of this host until {@link #seal}, and
     * does nothing afterwards; null if there is no such function, or if it is too late.
     */
    @Export
    public Object keeper() {
        return sealed ? null : QuickCall.ifAccessible(() -> new SourcePort(this).keeper());
    }

    /** Says that the process is about to execute a program's code, which must not choose what others execute. */
    @Export
    public void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }

    LibraryCode code() {
        return code;
    }
}
