package org.polyproc.syscall;

import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.runtime.EmulatedPosixSupport;
import com.oracle.graal.python.runtime.PythonContext;
import java.io.Closeable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The file descriptors of one interpreter. GraalPy's {@code java} POSIX backend keeps, for each context, a map from descriptors
 * to open files ({@code PosixResources.files}), and in each open file how many descriptors it has; the last one that is closed
 * closes it. An open file that stands in the maps of two contexts is therefore one that two processes share, as after
 * {@code dup(2)} and {@code SCM_RIGHTS}, whatever its channel is. GraalPy gives no access to the map, so this class reaches into
 * it, as far as the module system lets it.
 *
 * <p>Thread-safe, but for GraalPy's count: if two processes close their last descriptors of one open file in the same instant, it
 * may stay open.
 */
public final class FileTable {

    private static final String INTERNALS = "com.oracle.graal.python.runtime";

    private final EmulatedPosixSupport support;
    private final SortedMap<Integer, Object> files;
    private final Map<Integer, String> paths;
    private final List<Object> inherited;

    /** Where GraalPy keeps the maps; touched only if the module system lets us. */
    private static final class Fields {
        static final VarHandle FILES;
        static final VarHandle PATHS;

        static {
            Class<?> owner = EmulatedPosixSupport.class.getSuperclass();
            try {
                Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
                FILES = lookup.findVarHandle(owner, "files", SortedMap.class);
                PATHS = lookup.findVarHandle(owner, "filePaths", Map.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** An open file that is in no map, with one count of its own. */
    private record Detached(FileTable origin, Object file, String path) implements Closeable {
        @Override
        public void close() {
            origin.close(this);
        }
    }

    @SuppressWarnings("unchecked")
    private FileTable(EmulatedPosixSupport support) {
        this.support = support;
        this.files = (SortedMap<Integer, Object>) Fields.FILES.get(support);
        this.paths = (Map<Integer, String>) Fields.PATHS.get(support);
        synchronized (files) {
            this.inherited = List.copyOf(files.values());
        }
    }

    /**
     * Returns the table of the context that the calling thread is in; empty if its POSIX backend is not {@code java}, or
     * GraalPy's module is not open to this one.
     */
    public static Optional<FileTable> current() {
        Module graalPy = PythonBufferAccessLibrary.class.getModule();
        if (!graalPy.isOpen(INTERNALS, FileTable.class.getModule())) {
            return Optional.empty();
        }
        return PythonContext.get(null).getPosixSupport() instanceof EmulatedPosixSupport support
                ? Optional.of(new FileTable(support)) : Optional.empty();
    }

    /** Duplicates a descriptor and takes the duplicate out of the table; empty if it is not open. */
    Optional<Closeable> duplicate(int fd) {
        synchronized (files) {
            if (!files.containsKey(fd)) {
                return Optional.empty();
            }
            int copy = support.dup(fd);
            return Optional.of(new Detached(this, files.remove(copy), paths.remove(copy)));
        }
    }

    /**
     * Puts an open file into the table, under the lowest number that is free.
     *
     * @param duplicate what {@link #duplicate} of any table returned; used once
     */
    int install(Closeable duplicate) {
        Detached detached = (Detached) duplicate;
        synchronized (files) {
            int fd = 0;
            while (files.containsKey(fd)) {
                fd++;
            }
            files.put(fd, detached.file);
            if (detached.path != null) {
                paths.put(fd, detached.path);
            }
            return fd;
        }
    }

    /**
     * Closes all descriptors of files that were opened since this object was made, as the end of a process does: GraalPy leaves
     * them to the garbage collector, and a socket's other side waits.
     */
    public void closeOpened() {
        synchronized (files) {
            List.copyOf(files.keySet()).stream().filter(fd -> !inherited.contains(files.get(fd))).forEach(support::close);
        }
    }

    private void close(Detached detached) {
        synchronized (files) {
            support.close(install(detached));
        }
    }
}
