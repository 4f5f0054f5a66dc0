package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handles of processes, and who is told of them. */
class PythonProcessTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** What children run is in a module, since functions are pickled by their names. */
    private static final String MODULE = """
            import multiprocessing as mp, os, time

            class BadLuck(Exception):
                pass

            def fail(kind):
                if kind == 'error':
                    raise ValueError('bad luck')
                if kind == 'own':
                    raise BadLuck
                if kind == 'exit':
                    raise SystemExit('no more')
                if kind == 'number':
                    raise SystemExit(3)
                if kind == 'os':
                    os._exit(4)
                if kind == 'signal':
                    os.kill(os.getpid(), 9)
                if kind == 'caught':
                    try:
                        raise ValueError
                    except ValueError:
                        return

            def fail_in_child(kind):
                process = mp.Process(target=fail, args=(kind,), name='unlucky')
                process.start()
                process.join()

            def wait(event):
                event.wait()

            def family(ready, event):
                children = [mp.Process(target=wait, args=(event,), name=name) for name in ('anna', 'bert')]
                for child in children:
                    child.start()
                ready()
                for child in children:
                    child.join()

            def compute(flag, started):
                started()
                while not flag.value:
                    pass
            """;

    @TempDir
    private static Path folder;

    private static final List<String> EVENTS = Collections.synchronizedList(new ArrayList<>());
    private static final BlockingQueue<ExitStatus> UNLUCKY = new LinkedBlockingQueue<>();
    private static PythonHost host;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("handles.py"), MODULE);
        host = PythonHost.builder().context(() -> TestHost.context().option("python.PythonPath", folder.toString()))
                .err(new ByteArrayOutputStream())
                .onStart(process -> EVENTS.add("+" + process.name()))
                .onExit(PythonProcessTest::noteExit)
                .build();
    }

    private static void noteExit(PythonProcess process) {
        EVENTS.add("-" + process.name());
        if (process.name().equals("unlucky")) {
            UNLUCKY.add(process.exitStatus().orElseThrow());
        }
    }

    @AfterAll
    static void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "error | 1 | ValueError: bad luck",
        "own | 1 | handles.BadLuck",
        "exit | 1 | SystemExit: no more",
        "number | 3 |",
        "os | 4 |",
        "signal | -9 |",
        "caught | 0 |",
    })
    void theStatusHasTheException(String kind, int exitCode, String error) throws Exception {
        ExitStatus expected = new ExitStatus(exitCode, Optional.ofNullable(error));
        try (PythonProcess process = host.start("handles", "fail", kind)) {
            assertEquals(expected, process.waitFor());
            assertEquals(Optional.of(expected), process.exitStatus());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "error | 1 | ValueError: bad luck",
        "own | 1 | handles.BadLuck",
        "exit | 1 | SystemExit: no more",
        "number | 3 |",
        "signal | -9 |",
        "caught | 0 |",
    })
    void theStatusOfAChildHasItToo(String kind, int exitCode, String error) throws Exception {
        try (PythonProcess main = host.start("handles", "fail_in_child", kind)) {
            assertEquals(new ExitStatus(0), main.waitFor());
        }
        assertEquals(new ExitStatus(exitCode, Optional.ofNullable(error)), UNLUCKY.poll(1, TimeUnit.MINUTES));
    }

    @Test
    void aFamilyIsSeenFromJava() throws Exception {
        SharedEvent event = host.event();
        CountDownLatch ready = new CountDownLatch(1);
        PythonCallback tell = arguments -> {
            ready.countDown();
            return null;
        };
        EVENTS.clear();
        Instant before = Instant.now();
        try (PythonProcess main = host.start("handles", "family", tell, event)) {
            assertTrue(ready.await(1, TimeUnit.MINUTES));
            assertEquals(List.of("MainProcess", "anna", "bert"), host.processes().map(PythonProcess::name).toList());
            assertEquals("MainProcess", main.name());
            assertEquals(Optional.empty(), main.parent());
            assertEquals(Optional.empty(), main.exitStatus());

            List<PythonProcess> children = main.children().toList();
            PythonProcess anna = children.get(0);
            assertEquals(List.of("anna", "bert"), children.stream().map(PythonProcess::name).toList());
            assertEquals(Optional.of(main), anna.parent());
            assertEquals(Optional.of(anna), host.process(anna.pid()));
            assertEquals(anna.hashCode(), host.process(anna.pid()).orElseThrow().hashCode());
            assertNotEquals(anna, children.get(1));
            assertEquals(anna.pid() + " anna", anna.toString());
            assertTrue(anna.isAlive());
            assertFalse(anna.startTime().isBefore(before));
            assertFalse(anna.startTime().isBefore(main.startTime()));
            assertFalse(anna.waitFor(Duration.ZERO));
            assertFalse(anna.waitFor(Duration.ofMillis(1)));

            event.set();
            assertEquals(new ExitStatus(0), main.waitFor());
            assertTrue(anna.waitFor(A_MINUTE));
            assertEquals(PythonProcess.State.ENDED, anna.state());
            assertTrue(anna.cpuTime().isPositive());
            assertEquals(Optional.empty(), anna.parent());
            assertEquals(List.of(), host.processes().toList());
            assertEquals(Optional.empty(), host.process(anna.pid()));
        }
        // The end of another test's process may have been told of meanwhile.
        assertEquals(List.of("+MainProcess", "+anna", "+bert"),
                List.copyOf(EVENTS).stream().filter(told -> told.startsWith("+")).toList());
    }

    @Test
    void aChildCanBeEndedFromJava() throws Exception {
        SharedEvent event = host.event();
        CountDownLatch ready = new CountDownLatch(1);
        PythonCallback tell = arguments -> {
            ready.countDown();
            return null;
        };
        try (PythonProcess main = host.start("handles", "family", tell, event)) {
            assertTrue(ready.await(1, TimeUnit.MINUTES));
            List<PythonProcess> children = main.children().toList();
            children.get(0).terminate();
            children.get(1).close();
            assertEquals(new ExitStatus(-15), children.get(0).waitFor());
            assertEquals(Optional.of(new ExitStatus(-9)), children.get(1).exitStatus());
            assertEquals(new ExitStatus(0), main.onExit().get(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void theStateSaysWhetherTheMainThreadWaits() throws Exception {
        SharedValue flag = host.value('i');
        SynchronousQueue<String> meeting = new SynchronousQueue<>();
        PythonCallback started = arguments -> {
            meeting.put("here");
            return null;
        };
        try (PythonProcess process = host.start("handles", "compute", flag, started)) {
            // In the callback it waits until this thread comes, sooner or later.
            while (process.state() != PythonProcess.State.WAITING) {
                Thread.onSpinWait();
            }
            meeting.take();
            while (process.state() != PythonProcess.State.RUNNING) {
                Thread.onSpinWait();
            }
            flag.setLong(1);
            assertTrue(process.waitFor(A_MINUTE));
            assertEquals(PythonProcess.State.ENDED, process.state());
            assertTrue(process.cpuTime().isPositive());
        }
    }

    @Test
    void aListenerThatFailsIsLoggedAndChangesNothing() throws Exception {
        try (PythonHost other = PythonHost.builder()
                .onStart(process -> {
                    throw new IllegalStateException("not now");
                })
                .onExit(process -> {
                    throw new IllegalStateException("not now either");
                }).build()) {
            assertEquals(new ExitStatus(3), other.run(PythonProgram.code("raise SystemExit(3)")));
        }
    }

    @Test
    void nothingExecutesBeforeTheListenerReturns() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        PythonCallback note = arguments -> {
            order.add("executes");
            return null;
        };
        Files.writeString(folder.resolve("noting.py"), "def note(call):\n    call()\n");
        try (PythonHost other = PythonHost.builder()
                .context(() -> TestHost.context().option("python.PythonPath", folder.toString()))
                .onStart(process -> order.add("start " + process.name()))
                .onExit(process -> order.add("exit")).build()) {
            other.start("noting", "note", note).waitFor();
        }
        assertEquals(List.of("start MainProcess", "executes", "exit"), order);
    }

    @Test
    void aScriptIsRunByItsPath() throws Exception {
        Path script = Files.writeString(folder.resolve("exits.py"), "import sys; sys.exit(len(sys.argv))");
        assertEquals(3, host.run(script, "a", "b").exitCode());
    }
}
