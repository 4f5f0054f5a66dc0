package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Run time is limited for a program and all that descends from it; hosts don't reach each other. */
@Timeout(120)
class LimitsTest {

    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static final PythonHost HOST =
            PythonHost.builder().out(OUT).err(ERR).maxProcesses(8).maxRunTime(Duration.ofSeconds(8)).build();

    /** The first process of a host takes longest to get ready. */
    @BeforeAll
    static void warmUp() throws InterruptedException {
        run("import multiprocessing");
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static ExitStatus run(String code) throws InterruptedException {
        OUT.reset();
        ERR.reset();
        return HOST.run(PythonProgram.code(code));
    }

    @Test
    void aBusyProgramIsToldThatItsTimeIsOver() throws Exception {
        assertEquals(new ExitStatus(7), run("""
                import sys
                from multiprocessing import Process
                Process(target=exec, args=('while True: pass',), daemon=True).start()
                try:
                    while True:
                        pass
                except TimeoutError as error:
                    print(error)
                    sys.exit(7)
                """));
        assertEquals("a program may run for at most 8 seconds here\n", OUT.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aProgramThatTakesNoNoticeIsKilled() throws Exception {
        long begin = System.nanoTime();
        assertEquals(new ExitStatus(-9), run("""
                from multiprocessing import Lock
                lock = Lock()
                lock.acquire()
                while True:
                    try:
                        lock.acquire()
                    except TimeoutError:
                        print('no', flush=True)
                """));
        assertEquals("no\n", OUT.toString(StandardCharsets.UTF_8));
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(30).toNanos());
    }

    @Test
    void aForkBombIsOver() throws Exception {
        assertTrue(run("""
                bomb = '''
                from multiprocessing import Process
                while True:
                    try:
                        Process(target=exec, args=(bomb, {'bomb': bomb})).start()
                    except OSError:
                        pass
                '''
                exec(bomb, {'bomb': bomb})
                """).exitCode() != 0);
        // The others' time ends as well, a little later for each generation.
        for (Optional<PythonProcess> left = anyProcess(); left.isPresent(); left = anyProcess()) {
            left.get().waitFor();
        }
        assertEquals(new ExitStatus(0), run("print('alive')"));
        assertEquals("alive\n", OUT.toString(StandardCharsets.UTF_8));
    }

    private static Optional<PythonProcess> anyProcess() {
        return HOST.processes().filter(PythonProcess::isAlive).findAny();
    }

    @Test
    void noSignalReachesAnotherHost() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PythonHost other = PythonHost.builder().out(out).build();
                PythonProcess victim = other.start(PythonProgram.code("import time; print('up', flush=True); time.sleep(4); print('end')"))) {
            assertEquals(new ExitStatus(0), run("""
                    import os
                    for pid in range(%d, %d):
                        if pid != os.getpid():
                            try:
                                os.kill(pid, 9)
                            except OSError:
                                pass
                    """.formatted(victim.pid() - 5, victim.pid() + 50)));
            assertEquals(new ExitStatus(0), victim.waitFor());
        }
        assertEquals("up\nend\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void limitsMustMakeSense() {
        assertEquals("the limit on run time must be positive: limit=PT0S",
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().maxRunTime(Duration.ZERO)).getMessage());
        assertEquals("the limit on threads must not be negative: limit=-1",
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().maxThreads(-1).build()).getMessage());
        assertEquals("the limit on kernel objects must not be negative: limit=-1",
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().maxKernelObjects(-1).build()).getMessage());
        assertEquals("the limit on processes must be positive: limit=0",
                assertThrows(IllegalArgumentException.class, () -> PythonHost.builder().maxProcesses(0).build()).getMessage());
    }
}
