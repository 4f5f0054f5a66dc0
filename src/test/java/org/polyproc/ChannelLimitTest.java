package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits in pipes is limited, and who waits for room goes on as soon as there is some. */
class ChannelLimitTest {

    private static final long LIMIT = 1_000_000;

    @TempDir
    private Path folder;

    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static final PythonHost HOST =
            PythonHost.builder().context(TestHost::context).out(OUT).err(ERR).maxQueuedBytes(LIMIT).build();

    @AfterAll
    static void close() {
        HOST.close();
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
    void aMessageThatNeverFitsIsAnOSError() throws Exception {
        assertEquals("""
                [Errno 90] Message too long: 1000001 bytes, of at most 1000000 that may wait in pipes
                [Errno 90] Message too long
                1000000 small
                """, run("""
                import os
                from multiprocessing import Pipe
                reader, writer = Pipe(False)
                for send in writer.send_bytes, lambda data: os.write(writer.fileno(), bytes(4) + data):
                    try:
                        send(bytes(1_000_001))
                    except OSError as e:
                        print(e)
                writer.send_bytes(bytes(1_000_000))
                other_reader, other_writer = Pipe(False)
                other_writer.send('small')
                print(len(reader.recv_bytes()), other_reader.recv())
                """));
    }

    @Test
    void whoeverReadsAnywhereMakesRoomForThoseWhoWait() throws Exception {
        assertEquals("[100000, 200000, 300000, 400000]\n", run("""
                from multiprocessing import Pipe, Process

                def send(writer, size):
                    for _ in range(5):
                        writer.send_bytes(bytes(size))

                if __name__ == '__main__':
                    pipes = [(size, *Pipe(False)) for size in (400_000, 300_000, 200_000, 100_000)]
                    senders = [Process(target=send, args=(writer, size)) for size, _, writer in pipes]
                    for sender in senders:
                        sender.start()
                    sizes = set()
                    # All want to send more than there is room for, so each sender needs the readers of other pipes.
                    for size, reader, _ in reversed(pipes):
                        sizes |= {len(reader.recv_bytes()) for _ in range(5)}
                    for sender in senders:
                        sender.join()
                    print(sorted(sizes))
                """));
    }

    @Test
    void whatAProcessLeavesUnreadIsGivenBackHoweverItEnds() throws Exception {
        assertEquals("returns 0\nos._exit 3\nkilled -9\n", run("""
                import os, time
                from multiprocessing import Pipe, Process

                def leave(how, ready):
                    reader, writer = Pipe(False)
                    writer.send_bytes(bytes(900_000))
                    ready.send(how)
                    if how == 'killed':
                        time.sleep(600)
                    if how == 'os._exit':
                        os._exit(3)

                if __name__ == '__main__':
                    for how in 'returns', 'os._exit', 'killed':
                        reader, writer = Pipe(False)
                        process = Process(target=leave, args=(how, writer))
                        process.start()
                        reader.recv()
                        if how == 'killed':
                            process.kill()
                        process.join()
                        print(how, process.exitcode)
                """));
    }

    @Test
    void aSignalReachesWhoWaitsForRoom() throws Exception {
        assertEquals("handled\nsent 900000\n", run("""
                import os, signal, threading
                from multiprocessing import Pipe

                reader, writer = Pipe(False)
                other_reader, other_writer = Pipe(False)
                other_writer.send_bytes(bytes(900_000))

                def handle(number, frame):
                    print('handled')
                    other_reader.recv_bytes()

                signal.signal(signal.SIGUSR1, handle)
                threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGUSR1)).start()
                writer.send_bytes(bytes(900_000))
                print('sent', len(reader.recv_bytes()))
                """));
    }
}
