package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.TypeLiteral;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyproc.FunctionHost.Task;

/** A context that the application made becomes a main process. */
class InstallTest {

    private static final String USE = """
            import multiprocessing as mp, os, installed_work as work
            number, lock = mp.Value('i'), mp.Lock()
            children = [mp.Process(target=work.count, args=(number, lock)) for _ in range(2)]
            for child in children:
                child.start()
            for child in children:
                child.join()
            queue = mp.Queue()
            teller = mp.Process(target=work.tell, args=(queue,), name='teller')
            teller.start()
            told = queue.get()
            teller.join()
            with mp.Pool(2) as pool:
                squares = pool.map(work.square, range(5))
            """;

    private static final Engine NEW_ENGINE = null;

    private static PythonHost host(Engine engine) {
        PythonHost.Builder builder = PythonHost.builder().context(FunctionHost::context).preparedProcesses(0);
        return (engine == null ? builder : builder.engine(engine)).build();
    }

    private static Context context(Engine engine) {
        return engine == null ? context(HostAccess.EXPLICIT) : FunctionHost.context().engine(engine).build();
    }

    private static Context context(HostAccess access) {
        return FunctionHost.context().allowHostAccess(access).option("engine.WarnInterpreterOnly", "false").build();
    }

    private static void use(Context context, PythonProcess self) {
        context.eval("python", USE);
        Value values = context.getBindings("python");
        assertEquals(200, values.getMember("number").getMember("value").asInt());
        assertEquals(List.of(0, 1, 4, 9, 16), List.copyOf(values.getMember("squares").as(new TypeLiteral<List<Integer>>() { })));
        Value told = values.getMember("told");
        assertEquals(self.pid(), told.getArrayElement(1).asInt());
        assertEquals("teller", told.getArrayElement(2).asString());
        assertEquals("MainProcess", told.getArrayElement(3).asString());
        assertEquals(self.pid(), context.eval("python", "os.getpid()").asInt());
        assertEquals(1, context.eval("python", "os.getppid()").asInt());
    }

    @Test
    void aContextWithItsOwnEngine() throws Exception {
        try (PythonHost host = host(NEW_ENGINE); Context context = context(NEW_ENGINE)) {
            String thread = Thread.currentThread().getName();
            PythonProcess self = host.install(context);
            assertEquals("MainProcess", self.name());
            assertEquals(List.of(self), host.processes().toList());
            use(context, self);
            assertEquals(thread, Thread.currentThread().getName());
            assertTrue(self.isAlive());
            assertEquals(Optional.empty(), self.parent());
            context.close();
            assertEquals(new ExitStatus(0), self.waitFor());
            assertEquals(List.of(), host.processes().toList());
        }
    }

    @Test
    void twoContextsOfTwoHostsOnOneEngine() throws Exception {
        try (Engine engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false")
                .allowExperimentalOptions(true).build();
                PythonHost one = host(engine); PythonHost two = host(engine)) {
            Task<Void> other = new Task<>(() -> {
                try (Context context = context(engine); PythonProcess self = two.install(context)) {
                    use(context, self);
                }
                return null;
            });
            try (Context context = context(engine); PythonProcess self = one.install(context)) {
                use(context, self);
            }
            other.join();
            assertEquals(List.of(), one.processes().toList());
            assertEquals(List.of(), two.processes().toList());
            // The engine is the application's.
            one.close();
            try (Context context = context(engine)) {
                assertEquals(3, context.eval("python", "1 + 2").asInt());
            }
        }
    }

    @Test
    void closingTheHandleEndsTheChildrenAndNotTheContext() throws Exception {
        try (PythonHost host = host(NEW_ENGINE); Context context = context(NEW_ENGINE)) {
            PythonProcess self = host.install(context);
            context.eval("python", """
                    import multiprocessing as mp, installed_work as work
                    child = mp.Process(target=work.sleep)
                    child.start()
                    """);
            PythonProcess child = self.children().findFirst().orElseThrow();
            assertTrue(child.isAlive());
            self.close();
            assertEquals(Optional.of(new ExitStatus(-9)), child.exitStatus());
            assertEquals(Optional.of(new ExitStatus(0)), self.exitStatus());
            assertEquals(3, context.eval("python", "1 + 2").asInt());
            PolyglotException e = assertThrows(PolyglotException.class,
                    () -> context.eval("python", "mp.Process(target=work.sleep).start()"));
            assertTrue(e.getMessage().contains("a closed kernel and an ended process start no process"), e.getMessage());
            assertEquals("polyproc can be installed once into a context",
                    assertThrows(IllegalStateException.class, () -> host.install(context)).getMessage());
            self.close();
        }
    }

    @Test
    void closingTheHostLeavesTheContext() throws Exception {
        try (Context context = context(NEW_ENGINE)) {
            PythonProcess self;
            try (PythonHost host = host(NEW_ENGINE)) {
                self = host.install(context);
                context.eval("python", """
                        import multiprocessing as mp, installed_work as work
                        mp.Process(target=work.sleep, daemon=True).start()
                        """);
            }
            assertFalse(self.isAlive());
            assertEquals(3, context.eval("python", "1 + 2").asInt());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"time.sleep(1000)", "while True: pass", "mp.Lock().acquire() and lock.acquire()"})
    void anInterruptIsAKeyboardInterrupt(String wait) throws Exception {
        try (PythonHost host = host(NEW_ENGINE); Context context = context(HostAccess.ALL);
                PythonProcess self = host.install(context)) {
            CountDownLatch begun = new CountDownLatch(1);
            Task<Void> interrupter = new Task<>(() -> {
                begun.await();
                self.interrupt();
                return null;
            });
            context.getBindings("python").putMember("begun", begun);
            context.eval("python", """
                    import multiprocessing as mp, time
                    lock = mp.Lock()
                    lock.acquire()
                    try:
                        begun.countDown()
                        %s
                    except KeyboardInterrupt:
                        result = 'interrupted'
                    """.formatted(wait));
            assertEquals("interrupted", context.getBindings("python").getMember("result").asString());
            interrupter.join();
        }
    }

    @Test
    void killingCancelsTheContext() throws Exception {
        try (PythonHost host = host(NEW_ENGINE)) {
            Context context = context(NEW_ENGINE);
            PythonProcess self = host.install(context);
            PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("python", "import os; os._exit(3)"));
            assertTrue(e.isCancelled(), e::toString);
            assertTrue(self.waitFor(Duration.ofMinutes(1)));
            assertEquals(Optional.of(new ExitStatus(3)), self.exitStatus());
        }
    }

    @Test
    void whatIsInTheWayIsSaid() throws Exception {
        try (PythonHost host = host(NEW_ENGINE)) {
            try (Context context = context(NEW_ENGINE)) {
                context.eval("python", "import multiprocessing");
                assertEquals("polyproc must be installed into a context before it imports multiprocessing",
                        assertThrows(IllegalStateException.class, () -> host.install(context)).getMessage());
            }
            try (Context context = context(HostAccess.NONE)) {
                assertEquals("the context must let Python call exported methods: HostAccess.EXPLICIT, which is the default, or wider",
                        assertThrows(IllegalArgumentException.class, () -> host.install(context)).getMessage());
            }
            // The one other language on the class path.
            try (Context context = Context.newBuilder("llvm").build()) {
                String message = assertThrows(IllegalArgumentException.class, () -> host.install(context)).getMessage();
                assertTrue(message.startsWith("the context must have the language python: "), message);
            }
            Task<Void> other = new Task<>(() -> {
                try (Context context = context(NEW_ENGINE)) {
                    context.eval("python", "import threading");
                    Task<PythonProcess> late = new Task<>(() -> host.install(context));
                    assertEquals("polyproc must be installed by the context's main thread, the one that imported threading",
                            assertThrows(IllegalStateException.class, late::join).getMessage());
                }
                return null;
            });
            other.join();
            Context closed = context(NEW_ENGINE);
            closed.close();
            assertThrows(IllegalStateException.class, () -> host.install(closed));
            assertEquals(List.of(), host.processes().toList());
            host.close();
            try (Context context = context(NEW_ENGINE)) {
                assertThrows(IllegalStateException.class, () -> host.install(context));
            }
        }
    }
}
