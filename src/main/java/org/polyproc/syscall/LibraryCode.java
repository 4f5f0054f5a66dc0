package org.polyproc.syscall;

import com.oracle.truffle.api.RootCallTarget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The code of modules of the standard library and of the overlay which every process of a host executes when it starts, by names.
 * The first process that has made it of a source lets the others have it. Thread-safe.
 */
public final class LibraryCode {

    /** How many modules at most; a process imports less than a hundred before it is its program's. */
    private static final int MOST = 1000;

    private final Map<String, RootCallTarget> targets = new ConcurrentHashMap<>();

    /** Makes a store that is empty. */
    public LibraryCode() {
    }

    /** Returns the code of a name, or null. */
    RootCallTarget find(String name) {
        return targets.get(name);
    }

    /** Keeps code, if there is none of that name. */
    void keep(String name, RootCallTarget target) {
        if (targets.size() < MOST) {
            targets.putIfAbsent(name, target);
        }
    }
}
