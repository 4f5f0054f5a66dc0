package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's options for seeing what processes do, without the JIT, which starts faster. */
@Timeout(120)
class WatchingIT {

    @TempDir
    private Path folder;

    private record Result(int status, String out, String err) {
    }

    private static ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("POLYPROC_JIT", "off");
        builder.environment().put("POLYPROC_CACHE", "off");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static String launcher() {
        return Path.of("polyproc").toAbsolutePath().toString();
    }

    /** Runs the launcher; its standard error goes through a file, so that neither stream has to wait for the other. */
    private Result polyproc(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err.txt");
        Process process = prepared(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private String script(String text) throws IOException {
        return Files.writeString(folder.resolve("script.py"), text).toString();
    }

    @Test
    void aRecordingIsWritten() throws Exception {
        Path file = folder.resolve("run.jfr");
        Result result = polyproc("run", "--record", file.toString(), script("print('hello')"));
        assertEquals(new Result(0, "hello\n", ""), result);
        List<String> lines = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("org.polyproc.OutputLine"))
                .map(event -> event.getString("text")).toList();
        assertEquals(List.of("hello"), lines);
    }

    @Test
    void aRecordingThatCantBeWrittenIsAnErrorBeforeTheScriptRuns() throws Exception {
        String file = folder.resolve("none").resolve("run.jfr").toString();
        Result result = polyproc("run", "--record", file, script("print('hello')"));
        assertEquals(new Result(2, "", "polyproc: --record can't write the file: " + file + " (see 'polyproc run --help')\n"), result);
    }

    @Test
    void valuesAreRecordedIfAnything() throws Exception {
        assertEquals(new Result(2, "", "polyproc: --values needs --record or --timeline (see 'polyproc run --help')\n"),
                polyproc("run", "--values", script("print('hello')")));
    }

    @Test
    void aRingOfLocksEndsTheProgram() throws Exception {
        String script = script("""
                import multiprocessing

                def work(first, second, gate):
                    with first:
                        gate.wait()
                        with second:                                       # line 6
                            print('never')

                if __name__ == '__main__':
                    a, b = multiprocessing.Lock(), multiprocessing.Lock()
                    gate = multiprocessing.Barrier(2)
                    processes = [multiprocessing.Process(target=work, args=pair + (gate,)) for pair in ((a, b), (b, a))]
                    for process in processes:
                        process.start()
                    for process in processes:
                        process.join()
                """);
        Result result = polyproc("run", "--detect-deadlock", script);
        assertEquals(RunCommand.DEADLOCK, result.status(), result::toString);
        assertEquals("", result.out());
        List<String> lines = result.err().replace(script, "script.py").lines().toList();
        assertEquals("polyproc: deadlock: these processes wait for each other", lines.get(0));
        assertEquals(3, lines.size(), result.err());
        for (String line : lines.subList(1, 3)) {
            assertTrue(line.matches("  process \\d+ \\(Process-[12]\\) at script.py:6 waits for lock \\d+, "
                    + "which process \\d+ \\(Process-[12]\\) has held since script.py:4"), line);
        }
    }

    @Test
    void aQueueThatNobodyDrainsEndsTheProgram() throws Exception {
        String script = script("""
                import multiprocessing

                def fill(queue):
                    queue.put('x' * 100_000)
                    queue.put('y' * 100_000)

                if __name__ == '__main__':
                    queue = multiprocessing.Queue()
                    process = multiprocessing.Process(target=fill, args=(queue,))
                    process.start()
                    process.join()                                         # line 11
                """);
        Result result = polyproc("run", "--detect-deadlock", script);
        assertEquals(RunCommand.DEADLOCK, result.status(), result::toString);
        String err = unnumbered(result.err().replace(script, "script.py"));
        assertTrue(err.startsWith("polyproc: deadlock: all processes wait, and only they could end their waits\n"), err);
        assertTrue(err.contains("  process N (MainProcess) at script.py:11 waits for the end of process N (Process-1)\n"), err);
        assertTrue(err.contains("waits for room for N bytes in channel N\n"), err);
    }

    /** Leaves out the numbers of processes and of what they wait for; the first process has any number that a pid can have. */
    private static String unnumbered(String text) {
        return text.replaceAll("(process|lock|channel|room for) \\d+", "$1 N");
    }

    @Test
    void whatEndsByItselfIsNoDeadlock() throws Exception {
        Result result = polyproc("run", "--detect-deadlock", script("""
                import concurrent.futures, multiprocessing, queue, threading

                def square(x):
                    return x * x

                def echo(connection):
                    while (message := connection.recv()) is not None:
                        connection.send(message)

                def late(event):
                    event.wait()

                if __name__ == '__main__':
                    lock = multiprocessing.Lock()
                    lock.acquire()
                    print(lock.acquire(timeout=0.2))
                    with multiprocessing.Pool(2) as pool:
                        print(sum(pool.map(square, range(100))))
                    with concurrent.futures.ProcessPoolExecutor(2) as executor:
                        print(sum(executor.map(square, range(100))))
                    here, there = multiprocessing.Pipe()
                    process = multiprocessing.Process(target=echo, args=(there,))
                    process.start()
                    for i in range(500):
                        here.send(i)
                        assert here.recv() == i
                    here.send(None)
                    process.join()
                    event = multiprocessing.Event()
                    process = multiprocessing.Process(target=late, args=(event,))
                    process.start()
                    threading.Timer(0.3, event.set).start()
                    process.join()
                    items = queue.Queue()
                    threading.Thread(target=lambda: items.put(square(3))).start()
                    print(items.get())
                    with multiprocessing.Manager() as manager:
                        print(manager.list([1, 2]))
                """));
        assertEquals(new Result(0, "False\n328350\n328350\n9\n[1, 2]\n", ""), result);
    }

    /**
     * Runs a command line in a terminal of its own, and types something when a text has appeared. Returns all that appeared. The command
     * line has to end with an exec: some shells would stay in the foreground beside the command, and the terminal's signals end a shell.
     */
    private String inTerminal(String commandLine, String appears, String typed) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script(1) of util-linux makes the terminal");
        ProcessBuilder builder = prepared(List.of("script", "-qec", commandLine, "/dev/null")).redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        Process process = builder.start();
        StringBuilder screen = new StringBuilder();
        boolean done = false;
        try (InputStream out = process.getInputStream()) {
            for (int b = out.read(); b >= 0; b = out.read()) {
                screen.append((char) b);
                if (!done && screen.indexOf(appears) >= 0) {
                    done = true;
                    process.getOutputStream().write(typed.getBytes(StandardCharsets.US_ASCII));
                    process.getOutputStream().flush();
                }
            }
        }
        assertEquals(0, process.waitFor(), screen::toString);
        return screen.toString();
    }

    @Test
    void quitFromTheKeyboardIsADumpOfAllProcesses() throws Exception {
        String script = script("""
                import multiprocessing, threading, time

                def hold(lock, gate):
                    with lock:                                             # line 4
                        gate.wait()                                        # line 5

                def spin(gate, ready):
                    ready.set()
                    while not gate.is_set():
                        pass

                if __name__ == '__main__':
                    lock = multiprocessing.Lock()
                    gate, ready = multiprocessing.Event(), multiprocessing.Event()
                    processes = [multiprocessing.Process(target=hold, args=(lock, gate), name='holder'),
                                 multiprocessing.Process(target=spin, args=(gate, ready), name='busy')]
                    for process in processes:
                        process.start()
                    while lock.acquire(False):
                        lock.release()
                    ready.wait()
                    threading.Timer(5, gate.set).start()
                    print('ready')
                    for process in processes:
                        process.join()                                     # line 25
                    print('end')
                """);
        String screen = unnumbered(inTerminal("exec " + launcher() + " run " + script, "ready", "\034").replace("\r", "")
                .replace(script, "script.py"));
        assertTrue(screen.endsWith("end\n"), screen);
        assertTrue(screen.contains("polyproc: 3 processes\n"), screen);
        assertTrue(screen.contains("process N (MainProcess), parent 1, "), screen);
        assertTrue(screen.contains("s of processor time: waits for the end of process N (holder)\n"), screen);
        assertTrue(screen.contains("    File \"script.py\", line 25 in <module>\n"), screen);
        assertTrue(screen.contains("  holds lock N\n"), screen);
        assertTrue(screen.contains("\", line 5 in hold\n"), screen);
        assertTrue(screen.contains("in spin\n"), screen);
        assertFalse(screen.contains("Full thread dump"), screen);
    }

    @Test
    void theStatusIsBelowTheOutputAndGoes() throws Exception {
        String script = script("""
                import time
                print('one, ', end='', flush=True)
                time.sleep(1)
                print('two')
                """);
        String screen = inTerminal("stty cols 60 rows 30; exec " + launcher() + " run --status " + script, "\0", "");
        assertTrue(screen.contains("PID  NAME             STATE     CPU s   LINES  WAITS"), screen);
        assertTrue(screen.contains("MainProcess      waits"), screen);
        assertTrue(screen.endsWith("\033[J"), screen);
        String plain = screen.replaceAll("(?s)\0337.*?\0338", "").replaceAll("\033(\\[[0-9;]*[A-Za-z]|D)", "").replace("\r", "");
        assertTrue(plain.endsWith("one, two\n"), plain);
    }

    @Test
    void withoutATerminalThereIsNoStatus() throws Exception {
        assertEquals(new Result(0, "hello\n", ""), polyproc("run", "--status", script("print('hello')")));
    }
}
