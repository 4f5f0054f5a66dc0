package org.polyproc.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python modules that polyproc puts in front of the standard library's, read from the class path. Thread-safe, immutable.
 */
final class Overlay {

    /** The package that is executed first in every context and installs the others. */
    static final String ROOT = "_polyproc";

    /** How the file names of its modules begin. */
    static final String FILE_PREFIX = "<polyproc>/";

    private static final String FOLDER = "/org/polyproc/python/";

    /** All modules; a package is listed with a trailing dot. */
    private static final List<String> MODULES = List.of(
            "_polyproc.",
            "_polyproc.child",
            "_polyproc.clocks",
            "_polyproc.crashes",
            "_polyproc.descriptors",
            "_polyproc.environment",
            "_polyproc.locks",
            "_polyproc.main",
            "_polyproc.optimize",
            "_polyproc.options",
            "_polyproc.python2",
            "_polyproc.python2_names",
            "_polyproc.python2_syntax",
            "_polyproc.recorded_writes",
            "_polyproc.shared_types",
            "_polyproc.signals",
            "_polyproc.source",
            "_polyproc.standard",
            "_polyproc.structs",
            "_polyproc.twins",
            "_polyproc.watched",
            "_multiprocessing",
            "_posixshmem",
            "ctypes",
            "multiprocessing.connection",
            "multiprocessing.context",
            "multiprocessing.heap",
            "multiprocessing.pool",
            "multiprocessing.popen_spawn_posix",
            "multiprocessing.process",
            "multiprocessing.queues",
            "multiprocessing.reduction",
            "multiprocessing.resource_sharer",
            "multiprocessing.resource_tracker",
            "multiprocessing.shared_memory",
            "multiprocessing.sharedctypes",
            "multiprocessing.spawn",
            "multiprocessing.synchronize",
            "multiprocessing.util",
            "pickle",
            "polyproc",
            "pyexpat",
            "runpy",
            "threading");

    private static final Map<String, String> SOURCES = readAll();

    private Overlay() {
    }

    /** Returns the sources by full module name. */
    static Map<String, String> sources() {
        return SOURCES;
    }

    private static Map<String, String> readAll() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String module : MODULES) {
            boolean isPackage = module.endsWith(".");
            String name = isPackage ? module.substring(0, module.length() - 1) : module;
            String path = name.replace('.', '/') + (isPackage ? "/__init__.py" : ".py");
            sources.put(name, read(FOLDER + path));
        }
        return sources;
    }

    private static String read(String resource) {
        try (InputStream in = Overlay.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("polyproc is incomplete, a module is missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
