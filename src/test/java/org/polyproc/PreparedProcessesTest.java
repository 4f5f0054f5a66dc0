package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that are prepared before they are asked for are like others, and nobody sees those that are not. */
class PreparedProcessesTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private PythonHost host(int prepared) {
        return PythonHost.builder().context(TestHost::context).out(out).err(err).preparedProcesses(prepared).build();
    }

    private Path script(String text) throws Exception {
        return Files.writeString(folder.resolve("script.py"), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void childrenAreTheSameHoweverManyArePrepared(int prepared) throws Exception {
        Path script = script("""
                import multiprocessing as mp, os, sys, threading, time

                def child(number, queue):
                    parent = mp.parent_process()
                    queue.put((number, os.getpid() - parent.pid, os.getppid() == parent.pid, mp.current_process().name,
                               os.environ['COLOUR'], os.getcwd() == queue.get(), sys.stdin.read(), sys.argv[1:],
                               threading.active_count() <= 2, time.process_time() < 60))

                if __name__ == '__main__':
                    os.environ['COLOUR'] = 'blue'
                    os.chdir('/')
                    for number in range(5):
                        queue = mp.Queue()
                        queue.put('/')
                        process = mp.Process(target=child, args=(number, queue))
                        process.start()
                        process.join()
                        print(*queue.get(), process.exitcode)
                """);
        try (PythonHost host = host(prepared)) {
            assertEquals(0, host.run(PythonProgram.script(script).withArguments("a", "b")).exitCode());
        }
        StringBuilder expected = new StringBuilder();
        for (int number = 0; number < 5; number++) {
            expected.append("%d %d True Process-%d blue True  ['a', 'b'] True True 0%n".formatted(number, number + 1, number + 1));
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(expected.toString(), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aHostThatIsClosedLeavesNoThread() throws Exception {
        Path script = script("import multiprocessing\nprint(multiprocessing.active_children())\n");
        Set<Thread> before = unborn();
        try (PythonHost host = host(3)) {
            host.run(PythonProgram.script(script));
        }
        assertEquals("[]\n", out.toString(StandardCharsets.UTF_8));
        Set<Thread> left = unborn();
        left.removeAll(before);
        for (Thread thread : left) {
            // Its process has ended; it has a few instructions left.
            assertTrue(thread.join(Duration.ofMinutes(1)), thread.getName());
        }
    }

    private static Set<Thread> unborn() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("polyproc-unborn")).collect(Collectors.toSet());
    }

    @Test
    void theNumberIsNotNegative() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().preparedProcesses(-1));
        assertTrue(e.getMessage().endsWith("number=-1"));
    }
}
