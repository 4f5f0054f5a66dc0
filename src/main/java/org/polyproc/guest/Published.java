package org.polyproc.guest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.syscall.Publisher;

/**
 * The shared memory that a main process leaves for Java when it ends: its module's global variables that are shared values or
 * arrays, by their names. Thread-safe.
 */
public final class Published implements Publisher, AutoCloseable {

    private record Variable(Segment segment, Cells cells, boolean single) {
    }

    /** What a process leaves of which Java asks nothing. */
    private static final Published NOTHING = new Published();
    private static final int MOST = 10_000;

    private final Map<String, Variable> variables = new ConcurrentHashMap<>();

    /** Creates an empty collection. */
    public Published() {
    }

    /** Returns what a process has left. */
    public static Published of(VirtualProcess process) {
        return process.body() instanceof GuestProcess guest ? guest.published() : NOTHING;
    }

    @Override
    public void publish(String name, Segment segment, Cells cells, boolean single) {
        if (variables.size() >= MOST && !variables.containsKey(name)) {
            throw new IllegalArgumentException("at most " + MOST + " variables can be left for Java: name=" + name);
        }
        segment.retain();
        Variable previous = variables.put(name, new Variable(segment, cells, single));
        if (previous != null) {
            previous.segment().drop();
        }
    }

    /**
     * Returns a variable's cells.
     *
     * @param name   its name
     * @param single whether it must be a single value or an array
     * @throws IllegalArgumentException if there is none of that name and kind
     */
    public Cells get(String name, boolean single) {
        Variable variable = variables.get(name);
        if (variable == null || variable.single() != single) {
            throw new IllegalArgumentException("the ended program must have left a shared "
                    + (single ? "value" : "array") + " of that name: name=" + name);
        }
        return variable.cells();
    }

    /** Frees the memory that nobody else holds. Idempotent. */
    @Override
    public void close() {
        for (String name : variables.keySet()) {
            Variable variable = variables.remove(name);
            if (variable != null) {
                variable.segment().drop();
            }
        }
    }
}
