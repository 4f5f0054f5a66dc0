package org.polyproc.syscall;

import java.util.Map;
import org.graalvm.polyglot.HostAccess.Export;

/** System calls about Python sources, for the import system. Immutable. */
public final class SourceCalls {

    private final Map<String, String> overlay;

    /**
     * @param overlay the sources of the overlay's modules by their full names
     */
    public SourceCalls(Map<String, String> overlay) {
        this.overlay = Map.copyOf(overlay);
    }

    /** Returns the source of an overlay module, or null if the overlay has no such module. */
    @Export
    public String overlay(String module) {
        return module == null ? null : overlay.get(module);
    }
}
