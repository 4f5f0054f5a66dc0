package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;
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
        NewThreads threads = new NewThreads();
        try (PythonHost host = host(3)) {
            host.run(PythonProgram.script(script));
        }
        assertEquals("[]\n", out.toString(StandardCharsets.UTF_8));
        threads.assertEnd();
    }

    @Test
    void aProcessThatIsKilledWhilePythonBeginsLeavesNoThread() throws Exception {
        NewThreads threads = new NewThreads();
        CompletableFuture<PythonProcess> started = new CompletableFuture<>();
        AtomicBoolean killed = new AtomicBoolean();
        Runnable killOnce = () -> {
            if (!killed.get() && begins() && !threads.named(NewThreads.GRAALPY).isEmpty()) {
                killed.set(true);
                killAndWait(started.join(), threads);
            }
        };
        try (PythonHost host = PythonHost.builder().context(() -> TestHost.context().allowIO(watchedFiles(killOnce))).err(err).build()) {
            started.complete(host.start(PythonProgram.code("print('not reached')")));
            assertEquals(new ExitStatus(-9), started.join().waitFor());
        }
        assertTrue(killed.get());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        threads.assertEnd();
    }

    /** Returns whether the calling thread is making an interpreter. */
    private static boolean begins() {
        return StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("initializeContext")));
    }

    /** Kills the process of the calling thread, and waits until that has reached the thread or is past. */
    private static void killAndWait(PythonProcess process, NewThreads threads) {
        process.kill();
        try {
            for (Thread canceller : threads.named("polyproc-cancel-" + process.pid())) {
                canceller.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the computer's files; whoever asks for one runs some code first. */
    private static IOAccess watchedFiles(Runnable first) {
        FileSystem files = FileSystem.newDefaultFileSystem();
        return IOAccess.newBuilder().fileSystem((FileSystem) Proxy.newProxyInstance(FileSystem.class.getClassLoader(),
                new Class<?>[] {FileSystem.class}, (proxy, method, arguments) -> {
                    first.run();
                    try {
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })).build();
    }

    @Test
    void theNumberIsNotNegative() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().preparedProcesses(-1));
        assertTrue(e.getMessage().endsWith("number=-1"));
    }
}
