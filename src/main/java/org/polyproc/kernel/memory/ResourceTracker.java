package org.polyproc.kernel.memory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.polyproc.kernel.KernelObject;

/**
 * The names that the processes of one program have made and not removed. It is held by the program's main process and all that
 * descend from it; when the last of them has ended, however it ended, the names that are left are removed and a warning says so.
 * CPython has a process for it, which reads from a pipe to its end.
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
         * @throws NoSuchFileException if there is none
         * @throws IOException         if it fails otherwise
         */
        void unlink(String name) throws IOException;
    }

    private final Map<String, Unlinker> unlinkers;
    private final Consumer<String> warnings;
    private final Map<String, SortedSet<String>> names = new TreeMap<>();

    /**
     * @param id        the object's number
     * @param unlinkers what removes names, by the type of what they name
     * @param warnings  takes CPython's texts about names that were left
     */
    public ResourceTracker(int id, Map<String, Unlinker> unlinkers, Consumer<String> warnings) {
        super(id);
        this.unlinkers = Map.copyOf(unlinkers);
        this.warnings = warnings;
    }

    /**
     * Remembers a name; one that is known is not remembered twice.
     *
     * @return false if there is no such type
     */
    public synchronized boolean register(String type, String name) {
        if (!unlinkers.containsKey(type)) {
            return false;
        }
        names.computeIfAbsent(type, key -> new TreeSet<>()).add(name);
        return true;
    }

    /** Forgets a name, if it is known. */
    public synchronized void unregister(String type, String name) {
        SortedSet<String> known = names.get(type);
        if (known != null) {
            known.remove(name);
        }
    }

    @Override
    protected synchronized void destroy() {
        names.forEach(this::unlink);
    }

    private void unlink(String type, SortedSet<String> left) {
        if (left.isEmpty()) {
            return;
        }
        warnings.accept("resource_tracker: There appear to be " + left.size() + " leaked " + type
                + " objects to clean up at shutdown");
        for (String name : left) {
            try {
                unlinkers.get(type).unlink(name);
            } catch (NoSuchFileException e) {
                warnings.accept("resource_tracker: '" + name + "': [Errno 2] No such file or directory: '" + name + "'");
            } catch (IOException e) {
                warnings.accept("resource_tracker: '" + name + "': " + e.getMessage());
            }
        }
    }
}
