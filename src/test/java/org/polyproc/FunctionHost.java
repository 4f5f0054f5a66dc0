package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.graalvm.polyglot.Context;

/** A host for tests that call functions of {@code src/test/python/shared_objects.py}. Runs one program at a time. */
final class FunctionHost {

    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

    /** The host; its processes find the module. */
    static final PythonHost HOST = PythonHost.builder().context(FunctionHost::context).err(ERR).build();

    private FunctionHost() {
    }

    /** Returns a builder of contexts that find the module. */
    static Context.Builder context() {
        return TestHost.context().option("python.PythonPath", Path.of("src/test/python").toAbsolutePath().toString());
    }

    /** Starts a function. */
    static PythonProcess start(String function, Object... arguments) {
        ERR.reset();
        return HOST.start(PythonProgram.function("shared_objects", function, arguments));
    }

    /** Starts a function with which the calling thread works together; it is interrupted if the function fails. */
    static PythonProcess startPartner(String function, Object... arguments) {
        PythonProcess process = start(function, arguments);
        Thread partner = Thread.currentThread();
        process.onExit().thenAccept(status -> {
            if (!status.isSuccess()) {
                System.err.println(err());
                partner.interrupt();
            }
        });
        return process;
    }

    /** Runs a function to its end, which must be a good one. */
    static void run(String function, Object... arguments) throws InterruptedException {
        try (PythonProcess process = start(function, arguments)) {
            join(process);
        }
    }

    /** Waits for the end of a process, which must be a good one. */
    static void join(PythonProcess process) throws InterruptedException {
        assertEquals(new ExitStatus(0), process.waitFor(), FunctionHost::err);
    }

    /** Returns what was written to standard error since the last start. */
    static String err() {
        return ERR.toString(StandardCharsets.UTF_8);
    }

    /** A thread and what it returns. */
    static final class Task<T> {
        private final FutureTask<T> task;
        private final Thread thread;

        Task(Callable<T> code) {
            task = new FutureTask<>(code);
            thread = Thread.ofPlatform().daemon().start(task);
        }

        void interrupt() {
            thread.interrupt();
        }

        /** Waits for the end; a failure of the thread is one of the test. */
        T join() throws Exception {
            try {
                return task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw new AssertionError(e.getCause());
            }
        }
    }
}
