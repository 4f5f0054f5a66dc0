package org.polyproc.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * How the processes of one program reach the process that tracks the names they make, the counterpart of the pipe to CPython's
 * tracker: held by the program's main process and all that descend from it. The tracking process is started when the first of
 * them wants it. When the last one has ended, however it ended, the tracking process removes the names that are left.
 *
 * <p>Thread-safe.
 */
public final class ResourceTracker extends KernelObject {

    /** Removes a name of one type. */
    @FunctionalInterface
    public interface Unlinker {
        /**
         * Removes a name.
         *
         * @throws java.nio.file.NoSuchFileException if there is none
         * @throws IOException                       if it fails otherwise
         */
        void unlink(String name) throws IOException;
    }

    private final ProcessTable processes;
    private final Map<String, Unlinker> unlinkers;
    private final int maxNames;
    private final Consumer<String> warnings;

    /* Guarded by this. */
    private VirtualProcess process;
    private TrackerBody body;

    /**
     * @param id        the object's number
     * @param processes where the tracking process is started
     * @param unlinkers what removes names, by the type of what they name
     * @param maxNames  how many names it remembers at most
     * @param warnings  takes CPython's texts about names that were left
     */
    ResourceTracker(int id, ProcessTable processes, Map<String, Unlinker> unlinkers, int maxNames, Consumer<String> warnings) {
        super(id);
        this.processes = processes;
        this.unlinkers = Map.copyOf(unlinkers);
        this.maxNames = maxNames;
        this.warnings = warnings;
    }

    /** Returns the number of the tracking process, 0 if it does not live. */
    public synchronized int pid() {
        return process == null || process.exitCode().isPresent() ? 0 : process.pid();
    }

    /**
     * Starts the tracking process unless it lives. It ignores SIGINT and SIGTERM; what a killed one knew is forgotten.
     *
     * @param parent whose child it is
     * @return its number
     * @throws org.polyproc.kernel.process.ProcessLimitException if as many processes as allowed are alive
     */
    public synchronized int start(VirtualProcess parent) {
        if (pid() == 0) {
            body = new TrackerBody(unlinkers, maxNames, warnings);
            process = processes.start(parent, "resource_tracker", List.of(), body);
            process.setUnderWay();
            process.setDisposition(Signals.SIGINT, Disposition.IGNORE);
            process.setDisposition(Signals.SIGTERM, Disposition.IGNORE);
        }
        return process.pid();
    }

    /**
     * Remembers a name; one that is known is not remembered twice.
     *
     * @return false if there is no such type, or no tracking process
     * @throws ObjectLimitException if it is one name too many
     */
    public synchronized boolean register(String type, String name) {
        return pid() != 0 && body.register(type, name);
    }

    /** Forgets a name, if it is known. */
    public synchronized void unregister(String type, String name) {
        if (pid() != 0) {
            body.unregister(type, name);
        }
    }

    @Override
    protected synchronized void destroy() {
        if (body != null) {
            body.programEnded();
        }
    }
}
