package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SharedObjectsTest {

    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static final PythonHost HOST = PythonHost.builder()
            .context(() -> TestHost.context().option("python.PythonPath", Path.of("src/test/python").toAbsolutePath().toString()))
            .err(ERR).debug(true).build();

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static PythonProcess start(String function, Object... arguments) {
        return HOST.start(PythonProgram.function("shared_objects", function, arguments));
    }

    private static void run(String function, Object... arguments) throws InterruptedException {
        ERR.reset();
        try (PythonProcess process = start(function, arguments)) {
            assertEquals(new ExitStatus(0), process.waitFor(), ERR::toString);
        }
    }

    @Test
    void objectsOfJavaAreThoseOfMultiprocessing() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        PythonCallback tell = words -> lines.add(words[0] + " " + words[1]);
        run("describe", tell, HOST.lock(), HOST.reentrantLock(), HOST.semaphore(3), HOST.boundedSemaphore(2), HOST.condition(),
                HOST.event(), HOST.barrier(2), HOST.value('i'), HOST.array('d', 3), HOST.array('c', 3));
        System.out.println(String.join("\n", lines));
    }

    @Test
    void valuesArrive() throws Exception {
        List<Object> got = new ArrayList<>();
        run("echo", (PythonCallback) args -> got.addAll(Arrays.asList(args)), null, true, 1, 1L << 62, 1.0, "t\u00e4\ud83d\ude00", new byte[] {1, -1},
                List.of(1, List.of()), Map.of("a", 2.5));
        System.out.println(got);
    }

    @Test
    void count() throws Exception {
        SharedLock lock = HOST.lock();
        SharedValue number = HOST.value('i');
        run("count_in_processes", 2, lock, number, 100);
        assertEquals(200, number.getLong());
    }
}
