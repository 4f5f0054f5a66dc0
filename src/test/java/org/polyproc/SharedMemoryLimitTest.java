package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared memory is limited, and given back however its processes end. */
class SharedMemoryLimitTest {

    private static final long LIMIT = 1_000_000;

    @TempDir
    private Path folder;

    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static final PythonHost HOST =
            PythonHost.builder().context(TestHost::context).out(OUT).err(ERR).maxSharedBytes(LIMIT).build();

    @AfterAll
    static void close() {
        HOST.close();
        assertEquals(0, HOST.sharedBytes());
    }

    private String run(String text) throws Exception {
        Path script = Files.writeString(folder.resolve("script.py"), text);
        OUT.reset();
        ERR.reset();
        HOST.run(PythonProgram.script(script));
        assertEquals("", ERR.toString(StandardCharsets.UTF_8));
        return OUT.toString(StandardCharsets.UTF_8);
    }

    @Test
    void moreThanThereMayBeIsAnOSError() throws Exception {
        assertEquals("""
                [Errno 12] Cannot allocate memory
                [Errno 12] Cannot allocate memory
                [Errno 12] Cannot allocate memory
                900000
                """, run("""
                from multiprocessing import Array, RawArray, shared_memory
                for make in (lambda: RawArray('b', 2_000_000), lambda: RawArray('d', 1 << 40),
                             lambda: shared_memory.SharedMemory(create=True, size=1_000_001)):
                    try:
                        make()
                    except OSError as e:
                        print(e)
                print(len(RawArray('b', 900_000)))
                """));
        assertEquals(0, HOST.sharedBytes());
    }

    @Test
    void garbageIsFoundWhenMemoryIsWanted() throws Exception {
        assertEquals("9 MB\n", run("""
                from multiprocessing import RawArray
                for _ in range(30):
                    RawArray('b', 300_000)[0] = 1
                print('9 MB')
                """));
        assertEquals(0, HOST.sharedBytes());
    }

    @Test
    void whatProcessesHeldIsGivenBackHoweverTheyEnd() throws Exception {
        String output = run("""
                import os, time
                from multiprocessing import Array, Process, RawArray, SimpleQueue, Value, shared_memory

                def hold(how, ready):
                    mine = [RawArray('b', 50_000), Value('i', 3), shared_memory.SharedMemory(create=True, size=20_000)]
                    mine[2].unlink()
                    ready.put(how)
                    if how == 'killed':
                        time.sleep(600)
                    if how == 'os._exit':
                        os._exit(3)
                    if how == 'raises':
                        raise SystemExit(4)

                if __name__ == '__main__':
                    ready = SimpleQueue()
                    for how in 'returns', 'raises', 'os._exit', 'killed':
                        process = Process(target=hold, args=(how, ready))
                        process.start()
                        ready.get()
                        if how == 'killed':
                            process.kill()
                        process.join()
                        print(how, process.exitcode)
                    del ready
                """);
        assertEquals("returns 0\nraises 4\nos._exit 3\nkilled -9\n", output);
        assertEquals(0, HOST.sharedBytes());
    }

    @Test
    void namesOutliveTheirProgram() throws Exception {
        run("from multiprocessing import shared_memory; "
                + "shared_memory.SharedMemory('kept', create=True, size=5000, track=False).buf[0] = 7");
        assertEquals(5000, HOST.sharedBytes());
        assertEquals("7\n", run("from multiprocessing import shared_memory; block = shared_memory.SharedMemory('kept'); "
                + "print(block.buf[0]); block.unlink()"));
        assertEquals(0, HOST.sharedBytes());
    }
}
