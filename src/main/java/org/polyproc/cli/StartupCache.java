package org.polyproc.cli;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes later starts of the launcher faster: the JVM's ahead-of-time cache of loaded and linked classes, and, for the JIT on
 * a JDK that is no GraalVM, a copy of the JDK without the module that the JIT replaces. The launcher script chooses the files and
 * names the JDK in them; the JVM itself checks whether a cache fits.
 *
 * <p>A file gets its name when it is complete, and one JVM at a time makes a cache, so starting needs no lock.
 *
 * @param cache the cache's file
 * @param jdk   the JDK that is used
 * @param copy  where its copy is or will be, or null if none is needed
 */
record StartupCache(Path cache, Path jdk, Path copy) {

    /** What the cache is trained with: what most scripts do first. */
    private static final String TRAINING = """
            import multiprocessing
            child = multiprocessing.Process(target=int)
            child.start()
            child.join()
            """;

    /** A cache that could not be made, or is not accepted, is not tried again before this time has passed. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final String TEMPORARY = ".tmp";

    /** Returns the cache that the launcher has chosen; null if it is switched off, or if the launcher did not start this JVM. */
    static StartupCache chosen() {
        Path cache = path("polyproc.cache");
        return cache == null ? null : new StartupCache(cache, path("polyproc.jdk"), path("polyproc.cache.jdk"));
    }

    private static Path path(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? null : Path.of(value);
    }

    /** Returns whether this JVM was started from the cache. */
    static boolean isUsed() {
        return Boolean.getBoolean("polyproc.cache.used") && System.getProperty("java.vm.info", "").contains("sharing");
    }

    /**
     * Starts a program of its own that makes the cache, unless this JVM uses it, it was tried a short time ago, it can't be
     * written, or this JVM has options that are not the launcher's and may be why the cache is not used.
     */
    static void makeInBackground() {
        StartupCache cache = chosen();
        if (cache == null || isUsed() || cache.wasTried() || !Files.isWritable(cache.buildFolder())
                || Stream.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").anyMatch(System.getenv()::containsKey)) {
            return;
        }
        try {
            cache.launcher("nice", "-n", "19", System.getProperty("polyproc.launcher"), "cache", jitOption()).start();
        } catch (IOException e) {
            // Without the command, or a process for it, starting stays as slow as it is.
        }
    }

    private Path buildFolder() {
        return cache.getParent().getParent();
    }

    private Path lock() {
        return cache.resolveSibling(cache.getFileName() + ".lock");
    }

    private boolean wasTried() {
        try {
            Instant tried = Files.getLastModifiedTime(lock()).toInstant();
            Instant built = Files.getLastModifiedTime(buildFolder().resolve("polyproc.jar")).toInstant();
            return tried.isAfter(built) && tried.isAfter(Instant.now().minus(PATIENCE));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes the cache, unless another JVM is doing so.
     *
     * @return whether it was made
     * @throws IOException if something can't be read, written or executed
     */
    boolean make() throws IOException, InterruptedException {
        Files.createDirectories(cache.getParent());
        try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            Files.setLastModifiedTime(lock(), FileTime.from(Instant.now()));
            deleteTemporary();
            try {
                if (copy != null && !Files.exists(copy)) {
                    copyJdk();
                }
                record();
            } finally {
                deleteTemporary();
            }
            return true;
        }
    }

    /** Runs the training with the options of every other run; its JVM writes the cache when it ends. */
    private void record() throws IOException, InterruptedException {
        Path recorded = temporary(cache);
        ProcessBuilder training = launcher(System.getProperty("polyproc.launcher"), jitOption(), "-I", "-c", TRAINING);
        training.environment().put("POLYPROC_CACHE", "record:" + recorded);
        execute(training);
        if (!Files.exists(recorded)) {
            throw new IOException("the JVM made no cache; is there room for 200 MB in " + cache.getParent() + "?");
        }
        publish(recorded, cache);
    }

    /** Links a copy of the JDK, which has everything but the compiler's modules and the tools that can't be copied. */
    private void copyJdk() throws IOException, InterruptedException {
        String modules = ModuleFinder.ofSystem().findAll().stream().map(module -> module.descriptor().name())
                .filter(name -> !name.startsWith("jdk.graal.") && !name.startsWith("jdk.incubator.")
                        && !name.equals("jdk.jlink") && !name.equals("jdk.jpackage"))
                .sorted().collect(Collectors.joining(","));
        Path linked = temporary(copy);
        execute(quiet(new ProcessBuilder(jdk.resolve("bin").resolve("jlink").toString(), "--add-modules", modules,
                "--output", linked.toString())));
        publish(linked, copy);
    }

    private static Path temporary(Path path) {
        return path.resolveSibling(path.getFileName() + TEMPORARY);
    }

    /** Gives its name to what is complete on the disk, so that a power failure leaves nothing incomplete under it. */
    private static void publish(Path complete, Path name) throws IOException {
        try (Stream<Path> all = Files.walk(complete)) {
            for (Path file : (Iterable<Path>) all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))::iterator) {
                try (FileChannel channel = FileChannel.open(file)) {
                    channel.force(true);
                }
            }
        }
        Files.move(complete, name, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what an attempt that failed or was interrupted has left. */
    private void deleteTemporary() throws IOException {
        for (Path path : copy == null ? List.of(cache) : List.of(cache, copy)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(path.getParent(), path.getFileName() + TEMPORARY + "*")) {
                for (Path leftOver : found) {
                    delete(leftOver);
                }
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                for (Path each : inside) {
                    delete(each);
                }
            }
        }
        Files.delete(path);
    }

    private static String jitOption() {
        return "off".equals(System.getProperty("polyproc.jit")) ? "--no-jit" : "--jit";
    }

    /** Returns a start of the launcher with the same JDK, and without what the user's environment says about Java. */
    private ProcessBuilder launcher(String... command) {
        ProcessBuilder builder = quiet(new ProcessBuilder(command));
        builder.directory(buildFolder().toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("JAVA_OPTS");
        return builder;
    }

    /** Nothing keeps a terminal or a pipe open. */
    private static ProcessBuilder quiet(ProcessBuilder builder) {
        return builder.redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static void execute(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(String.format(Locale.ROOT, "%s failed with status %d",
                        Path.of(builder.command().getFirst()).getFileName(), status));
            }
        } finally {
            process.destroy();
        }
    }
}
