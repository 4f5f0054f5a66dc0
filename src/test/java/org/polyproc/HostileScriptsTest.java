package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts that mean harm, in {@code src/test/python/hostile}: whatever they do, their host goes on, runs the next script correctly,
 * and leaves nothing when it is closed.
 */
@Timeout(300)
class HostileScriptsTest {

    private static final Path FOLDER = Path.of("src/test/python/hostile");

    private static final String GOOD = """
            from multiprocessing import Lock, Pipe, Process, Value
            add = '''for _ in range(100):
                with lock:
                    number.value += 1
            conn.send(number.value > 0)'''
            lock, number, (mine, its) = Lock(), Value('i', 0), Pipe()
            processes = [Process(target=exec, args=(add, dict(lock=lock, number=number, conn=its))) for _ in range(2)]
            for process in processes:
                process.start()
            print(mine.recv(), mine.recv())
            for process in processes:
                process.join()
            print(number.value, [process.exitcode for process in processes])
            """;

    /** A host, what it prints, and how long the longest line is that it told. */
    private static final class TestedHost {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final PythonHost host;
        private volatile int longestLine;

        TestedHost(PythonHost.Builder builder) {
            host = builder.out(out).err(err).maxProcesses(10).maxThreads(40).maxKernelObjects(2000).maxSharedBytes(10_000_000)
                    .maxQueuedBytes(1_000_000).preparedProcesses(2)
                    .onLine((pid, process, line) -> longestLine = Math.max(longestLine, line.length())).build();
        }

        ExitStatus run(String code) throws InterruptedException {
            out.reset();
            err.reset();
            return host.run(PythonProgram.code(code));
        }

        void check(Script script) throws Exception {
            ExitStatus status = run(script.code());
            String text = err.toString(StandardCharsets.UTF_8);
            String shown = text.substring(0, Math.min(text.length(), 4000));
            assertEquals(new ExitStatus(script.exitCode()), status, shown);
            assertEquals(script.exitCode() == 0, out.toString(StandardCharsets.UTF_8).endsWith("contained\n"), shown);
            assertFalse(text.contains("\tat "), "a Java stack trace: " + shown);
            assertTrue(longestLine <= 1 << 20, "a line of " + longestLine + " characters");
            awaitNoProcess();

            assertEquals(new ExitStatus(0), run(GOOD), () -> err.toString(StandardCharsets.UTF_8));
            assertEquals("True True\n200 [0, 0]\n", out.toString(StandardCharsets.UTF_8));
            awaitNoProcess();
            assertEquals(0, host.sharedBytes());
        }

        void close() throws InterruptedException {
            host.close();
            assertEquals(0, host.sharedBytes());
            awaitNoProcess();
        }
    }

    private static final TestedHost CLOSED = new TestedHost(PythonHost.builder());
    private static final TestedHost OPEN = new TestedHost(PythonHost.builder().context(HostileScriptsTest::open));

    private static Context.Builder open() {
        return TestHost.context().allowCreateProcess(true);
    }

    /** A script and what is expected of it, see {@code prelude.py}. */
    record Script(Path file, List<String> lines) {

        static Script read(Path file) {
            try {
                return new Script(file, Files.readAllLines(file));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private Stream<String> comments() {
            return lines.stream().takeWhile(line -> line.startsWith("#")).map(line -> line.substring(1).strip());
        }

        int exitCode() {
            return comments().filter(line -> line.startsWith("exit: ")).findFirst()
                    .map(line -> Integer.parseInt(line.substring("exit: ".length()))).orElse(0);
        }

        boolean runsInOpenHost() {
            return comments().anyMatch("all"::equals);
        }

        String code() throws IOException {
            return Files.readString(FOLDER.resolve("prelude.py")) + String.join("\n", lines) + "\n";
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    static List<Script> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".py") && !file.endsWith("prelude.py")).sorted().map(Script::read)
                    .toList();
        }
    }

    static List<Script> scriptsForOpenHost() throws IOException {
        return scripts().stream().filter(Script::runsInOpenHost).toList();
    }

    @AfterAll
    static void closeAll() throws InterruptedException {
        CLOSED.close();
        OPEN.close();
    }

    /** Waits until the threads of processes are gone; the timeout of the test is that of the wait. */
    private static void awaitNoProcess() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("polyproc-\\d+ .*")) {
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aHostileScriptIsContained(Script script) throws Exception {
        CLOSED.check(script);
    }

    @ParameterizedTest
    @MethodSource("scriptsForOpenHost")
    void aHostileScriptWithFilesAndProgramsIsContained(Script script) throws Exception {
        OPEN.check(script);
    }
}
