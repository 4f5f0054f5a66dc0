package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the examples by the command that the README gives. */
class ExamplesIT {

    private static String run(String name) throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", "target/polyproc.jar:target/lib/*", "examples/" + name + ".java").start();
        process.getOutputStream().close();
        FutureTask<String> err = new FutureTask<>(() -> text(process.getErrorStream().readAllBytes()));
        Thread.ofPlatform().daemon().start(err);
        String out = text(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), err::resultNow);
        assertEquals("", err.get());
        return out;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void sharedResults() throws Exception {
        String out = run("SharedResults");
        assertTrue(out.endsWith("""
                Java: the script ended with 0
                Java: number = 20
                Java: arr = 0 -1 -2 -3 -4 -5 -6 -7 -8 -9
                """), out);
    }

    @Test
    void sharedCounter() throws Exception {
        assertEquals("""
                Java: Process-1 ended with 0
                Java: Process-2 ended with 0
                Java: number = 3000
                """, run("SharedCounter"));
    }

    @Test
    void parallelMap() throws Exception {
        assertEquals("""
                Java: steps of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
                Java: are      [0, 1, 7, 2, 5, 8, 16, 3, 19, 6, 14, 9]
                """, run("ParallelMap"));
    }

    @Test
    void producerConsumers() throws Exception {
        assertEquals("Java: {a=400, are=100, blue=100, is=300, red=100, rose=400, violets=100}\n", run("ProducerConsumers"));
    }

    @Test
    void sharedArrayView() throws Exception {
        assertEquals("""
                Java: before 0.0
                Java: after 998001.0, sum 3.328335E8
                """, run("SharedArrayView"));
    }

    @Test
    void sandbox() throws Exception {
        assertEquals("""
                reads a file: FileNotFoundError: [Errno 2] No such file or directory: '/etc/passwd'
                wants Java: NotImplementedError: host lookup is not allowed
                starts too many: BlockingIOError: [Errno 11] Resource temporarily unavailable
                takes all memory: OSError: [Errno 12] Cannot allocate memory
                never ends: ended by signal 9
                behaves: exit code 0
                """, run("Sandbox"));
    }

    @Test
    void httpService() throws Exception {
        assertEquals("""
                /factors?n=360: 2 2 2 3 3 5
                /factors?n=1000003: 1000003
                /factors?n=many: invalid literal for int() with base 10: 'many'
                /factors: say which number: ?n=360
                """, run("HttpService"));
    }

    @Test
    void allAreRunAndListed() throws Exception {
        String readme = Files.readString(Path.of("docs/embedding.md"));
        Set<String> examples;
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            examples = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(new TreeSet<>(List.of("HttpService.java", "ParallelMap.java", "ProducerConsumers.java", "Sandbox.java",
                "SharedArrayView.java", "SharedCounter.java", "SharedResults.java")), examples);
        examples.forEach(name -> assertTrue(readme.contains("examples/" + name), name));
    }
}
