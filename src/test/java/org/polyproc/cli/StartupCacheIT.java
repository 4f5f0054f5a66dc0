package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's start-up cache, in a home of its own that has the project's build and no sources. */
class StartupCacheIT {

    private static final String USED = "start-up  from the cache ";
    private static final String UNUSED = "start-up  without a cache that fits";

    @TempDir
    private Path home;

    private Path startup;

    private record Result(int status, String output) {
    }

    @BeforeEach
    void build() throws IOException {
        Path target = Files.createDirectory(home.resolve("target"));
        Path project = Path.of("").toAbsolutePath();
        Files.copy(project.resolve("polyproc"), home.resolve("polyproc"));
        assertTrue(home.resolve("polyproc").toFile().setExecutable(true));
        Files.copy(project.resolve("target/polyproc.jar"), target.resolve("polyproc.jar"));
        Files.createSymbolicLink(target.resolve("lib"), project.resolve("target/lib"));
        Files.createSymbolicLink(target.resolve("jit"), project.resolve("target/jit"));
        startup = target.resolve("startup");
    }

    private ProcessBuilder launcher(String jit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("polyproc").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POLYPROC_JIT", jit);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("POLYPROC_CACHE", "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }

    private static Result finish(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Result polyproc(String... arguments) throws Exception {
        return finish(launcher("off", arguments));
    }

    private void assertDoctorSays(String jit, String text) throws Exception {
        Result result = finish(launcher(jit, "doctor"));
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().lines().anyMatch(line -> line.startsWith(text)), result.output());
    }

    private Path cacheFile() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(startup, "*.aot")) {
            return found.iterator().next();
        }
    }

    /** Waits until a cache gets its name. */
    private static void awaitCache(WatchService watch) throws InterruptedException {
        boolean made = false;
        while (!made) {
            WatchKey key = watch.take();
            for (WatchEvent<?> event : key.pollEvents()) {
                made |= String.valueOf(event.context()).endsWith(".aot");
            }
            key.reset();
        }
    }

    @Test
    void aRunMakesTheCacheForTheNextOnesAndAgainWhenTheJarHasChanged() throws Exception {
        Files.createDirectory(startup);
        assertDoctorSays("off", UNUSED);
        try (WatchService watch = startup.getFileSystem().newWatchService()) {
            startup.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            assertEquals(new Result(0, "1\n"), polyproc("run", "-c", "print(1)"));
            awaitCache(watch);
            assertDoctorSays("off", USED + cacheFile());
            assertEquals(new Result(3, "used\n"), polyproc("-c", "import sys; print('used'); sys.exit(3)"));

            FileTime past = FileTime.from(Instant.now().minus(Duration.ofMinutes(2)));
            try (DirectoryStream<Path> all = Files.newDirectoryStream(startup)) {
                for (Path path : all) {
                    Files.setLastModifiedTime(path, past);
                }
            }
            Files.setLastModifiedTime(home.resolve("target/polyproc.jar"),
                    FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
            assertDoctorSays("off", UNUSED);
            assertEquals(new Result(0, "2\n"), polyproc("run", "-c", "print(2)"));
            awaitCache(watch);
            assertDoctorSays("off", USED + cacheFile());
        }
    }

    @Test
    void aCacheThatIsDamagedOrDoesNotFitIsHarmless() throws Exception {
        assertEquals(0, polyproc("cache", "--no-jit").status());
        Path cache = cacheFile();
        assertDoctorSays("off", USED + cache);
        for (String option : List.of("-XX:+UseZGC", "-XX:-UseCompressedOops")) {
            ProcessBuilder builder = launcher("off", "run", "-c", "print(1)");
            builder.environment().put("JAVA_OPTS", option);
            assertEquals(new Result(0, "1\n"), finish(builder), option);
        }
        // The lock's time says that it was made a short time ago, so nothing makes another one meanwhile.
        try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
            file.seek(file.length() / 3);
            file.write(new byte[1 << 20]);
            assertHarmless();
            assertDoctorSays("off", UNUSED);
            file.setLength(file.length() / 2);
            assertHarmless();
            file.setLength(0);
            assertHarmless();
            file.write("no cache".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            assertHarmless();
        }
    }

    private void assertHarmless() throws Exception {
        assertEquals(new Result(0, "1\n"), polyproc("run", "-c", "print(1)"));
    }

    @Test
    void withTheJitTheCacheIsThatOfACopyOfTheJdk() throws Exception {
        assertEquals(0, finish(launcher("on", "cache")).status());
        assertDoctorSays("on", "JIT       on");
        assertDoctorSays("on", USED + cacheFile());
        assertDoctorSays("on", "JDK       " + Runtime.version() + ", " + Path.of(System.getProperty("java.home")).toRealPath());
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        for (String command : List.of("doctor", "cache", "run")) {
            ProcessBuilder builder = launcher("off", command);
            builder.environment().put("POLYPROC_CACHE", "off");
            Result result = finish(builder);
            assertEquals(command.equals("cache") ? 1 : 0, result.status(), result.output());
            assertEquals(command.equals("run"), !result.output().contains("switched off"), result.output());
        }
        assertFalse(Files.exists(startup));
    }

    @Test
    void aFolderThatCantBeWrittenIsHarmless() throws Exception {
        Files.createFile(startup);
        assertEquals(new Result(0, "1\n"), polyproc("run", "-c", "print(1)"));
        Result result = polyproc("cache");
        assertEquals(1, result.status());
        assertEquals(1, result.output().lines().count(), result.output());
    }

    /** Stands for a JDK: says with which options it was started. */
    private Path jdk(String name, String release) throws IOException {
        Path jdk = home.resolve(name);
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$0\" \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n" + release);
        return jdk;
    }

    private String started(Path jdk) throws Exception {
        ProcessBuilder builder = launcher("on", "-c", "1");
        builder.environment().put("JAVA_HOME", jdk.toString());
        return finish(builder).output();
    }

    @Test
    void theJitOfGraalVmIsUsedAsItIs() throws Exception {
        String graalVm = started(jdk("graalvm", "GRAALVM_VERSION=\"25.0.3\"\n"));
        assertFalse(graalVm.contains("target/jit ") || graalVm.contains("EnableJVMCI"), graalVm);

        Path stock = jdk("stock", "");
        String before = started(stock);
        assertTrue(before.startsWith(stock.toString()), before);
        assertTrue(before.contains("-XX:+EnableJVMCI --upgrade-module-path " + home.toRealPath().resolve("target/jit")), before);

        String name = before.replaceFirst("(?s).*-Dpolyproc.cache.jdk=(\\S+).*", "$1");
        Path copy = jdk(home.toRealPath().relativize(Path.of(name)).toString(), "");
        String after = started(stock);
        assertTrue(after.startsWith(copy.toRealPath().toString()), after);
        assertTrue(after.contains("--module-path " + home.toRealPath().resolve("target/jit")), after);
        assertFalse(after.contains("--upgrade-module-path"), after);
    }
}
