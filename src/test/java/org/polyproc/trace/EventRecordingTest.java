package org.polyproc.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyproc.PythonProgram;
import org.polyproc.TestHost;
import org.polyproc.kernel.sync.KernelSemaphore;

/** What the flight recorder gets of real programs. */
class EventRecordingTest {

    private static final String PROGRAM = """
            import multiprocessing, os, time

            def work(lock, queue, gate):
                with lock:                                                   # line 4
                    gate.wait()
                    time.sleep(0.1)                                          # line 6
                queue.put(b'x' * 100)

            def die(lock):
                lock.acquire()
                os._exit(3)

            if __name__ == '__main__':
                lock, dead = multiprocessing.Lock(), multiprocessing.Lock()
                units = multiprocessing.Semaphore(5)
                queue = multiprocessing.SimpleQueue()
                gate = multiprocessing.Event()
                worker = multiprocessing.Process(target=work, args=(lock, queue, gate), name='worker')
                worker.start()
                while lock.acquire(False):
                    lock.release()
                gate.set()
                with lock:                                                   # line 23
                    print('x' * 300)
                queue.get()
                worker.join()
                units.acquire()
                victim = multiprocessing.Process(target=die, args=(dead,))
                victim.start()
                victim.join()                                                # line 30
                two = multiprocessing.SimpleQueue()
                two.put(1)
                two.put(2)
                two.get()
                two.get()
            """;

    @TempDir
    private Path folder;

    private List<RecordedEvent> record(String program) throws Exception {
        Path script = Files.writeString(folder.resolve("program.py"), program);
        Path file = folder.resolve("events.jfr");
        try (EventRecording recording = EventRecording.start(file, true)) {
            TestHost.Result result = TestHost.run(PythonProgram.script(script));
            assertEquals("", result.err());
            assertEquals(0, result.status().exitCode());
        }
        // A recording has them in the order of its buffers.
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().startsWith("org.polyproc."))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)).toList();
    }

    private static Stream<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().matches("org\\.polyproc\\." + name));
    }

    @Test
    void whatAProgramDoesIsRecorded() throws Exception {
        List<RecordedEvent> events = record(PROGRAM);
        Path script = folder.resolve("program.py");
        List<RecordedEvent> starts = of(events, "ProcessStart").toList();
        assertEquals(List.of("MainProcess", "worker", "Process-2"), starts.stream().map(e -> e.getString("name")).toList());
        int main = starts.get(0).getInt("pid");
        int worker = starts.get(1).getInt("pid");
        int victim = starts.get(2).getInt("pid");
        assertEquals(List.of(1, main, main), starts.stream().map(e -> e.getInt("parentPid")).toList());
        assertEquals(List.of(worker + " 0", victim + " 3", main + " 0"),
                of(events, "ProcessExit").map(e -> e.getInt("pid") + " " + e.getInt("exitCode")).toList());
        assertTrue(of(events, "ProcessExit").allMatch(e -> e.getLong("cpuNanos") > 0));
        assertTrue(of(events, "ContextCreation").findAny().isPresent());

        RecordedEvent wait = of(events, "SemaphoreWait").filter(e -> e.getInt("pid") == main && e.getBoolean("lock"))
                .filter(e -> (script + ":23").equals(e.getString("where"))).findAny().orElseThrow();
        assertEquals(worker, wait.getInt("ownerPid"));
        assertTrue(wait.getBoolean("acquired"));
        int lock = wait.getInt("semaphore");
        RecordedEvent hold = of(events, "SemaphoreHold").filter(e -> e.getInt("semaphore") == lock && e.getInt("pid") == worker)
                .findAny().orElseThrow();
        assertEquals(script + ":4", hold.getString("where"));
        assertEquals(1, hold.getInt("waiters"));
        assertTrue(hold.getBoolean("released"));
        assertTrue(hold.getDuration("held").toMillis() >= 50, hold::toString);

        List<RecordedEvent> left = of(events, "SemaphoreHold").filter(e -> !e.getBoolean("released")).toList();
        assertEquals(List.of(victim), left.stream().map(e -> e.getInt("pid")).toList());
        assertTrue(of(events, "SemaphoreOperation").anyMatch(e -> e.getBoolean("acquired") && e.getInt("value") == 4));

        RecordedEvent send = of(events, "ChannelSend").filter(e -> e.getInt("pid") == worker).findAny().orElseThrow();
        RecordedEvent receive = of(events, "ChannelReceive").filter(e -> e.getInt("pid") == main).findAny().orElseThrow();
        assertEquals(send.getInt("channel"), receive.getInt("channel"));
        assertEquals(send.getLong("bytes"), receive.getLong("bytes"));
        assertTrue(send.getLong("bytes") > 100, send::toString);
        assertEquals(0, receive.getInt("depth"));
        assertEquals(List.of(1, 2, 1, 0), of(events, "Channel(Send|Receive)").filter(e -> e.getInt("channel") > send.getInt("channel"))
                .map(e -> e.getInt("depth")).toList());

        assertTrue(of(events, "Sleep").anyMatch(e -> (script + ":6").equals(e.getString("where"))
                && e.getDuration().toMillis() >= 50));
        assertTrue(of(events, "ProcessWait").anyMatch(e -> (script + ":30").equals(e.getString("where"))
                && e.getInt("target") == victim));
        assertEquals(List.of("1 " + "x".repeat(200)),
                of(events, "OutputLine").map(e -> e.getInt("stream") + " " + e.getString("text")).toList());
    }

    /** A tenth of 50 processes and 100,000 locks makes less than a tenth of 50 MB; docs/measurements.md has the figure of all. */
    @Test
    void manyProcessesAndLocksMakeAModestFile() throws Exception {
        List<RecordedEvent> events = record("""
                import multiprocessing

                def work(lock):
                    for _ in range(2000):
                        with lock:
                            pass

                if __name__ == '__main__':
                    lock = multiprocessing.Lock()
                    processes = [multiprocessing.Process(target=work, args=(lock,)) for _ in range(5)]
                    for process in processes:
                        process.start()
                    for process in processes:
                        process.join()
                """);
        assertEquals(6, of(events, "ProcessExit").count());
        assertTrue(of(events, "SemaphoreHold").count() >= 10_000);
        long size = Files.size(folder.resolve("events.jfr"));
        assertTrue(size < 5_000_000, "size=" + size);
    }

    /** A hold that is expected to be too short to be recorded is recorded if it is not. */
    @Test
    void aLongHoldAfterShortOnesIsRecorded() throws Exception {
        KernelSemaphore lock = new KernelSemaphore(4711, 1, 1);
        try (EventRecording recording = EventRecording.start(folder.resolve("events.jfr"), false)) {
            assertTrue(lock.tryAcquire());
            assertFalse(lock.hold().beginShortly(1), "the first hold may be long");
            while (lock.hold().wasLong()) {
                lock.hold().begin(1, null);
                lock.noteRelease();
            }
            boolean isShort;
            do {
                assertTrue(lock.hold().beginShortly(2));
                isShort = lock.endShortHold();
                assertEquals(!isShort, lock.hold().isNoted());
            } while (!isShort);

            assertTrue(lock.hold().beginShortly(3));
            assertFalse(CompletableFuture.supplyAsync(lock::endShortHold).join(), "it is another thread's");
            for (long end = System.nanoTime() + 10_000_000; System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertFalse(lock.endShortHold());
            assertTrue(lock.hold().isNoted());
            assertTrue(lock.release());
            assertFalse(lock.hold().isNoted());
            assertTrue(lock.hold().wasLong());
        }
        List<RecordedEvent> holds = RecordingFile.readAllEvents(folder.resolve("events.jfr")).stream()
                .filter(e -> e.getEventType().getName().equals("org.polyproc.SemaphoreHold") && e.getInt("pid") == 3).toList();
        assertEquals(1, holds.size());
        assertTrue(holds.getFirst().getDuration("held").toMillis() >= 10, holds::toString);
        assertEquals(4711, holds.getFirst().getInt("semaphore"));
    }

    @Test
    void writesToSharedValuesAreRecorded() throws Exception {
        List<RecordedEvent> events = record("""
                import multiprocessing

                def work(number, numbers):
                    number.value += 1
                    numbers[-1] = 2.5

                if __name__ == '__main__':
                    number, numbers = multiprocessing.Value('i', 41), multiprocessing.Array('d', 3)
                    process = multiprocessing.Process(target=work, args=(number, numbers))
                    process.start()
                    process.join()
                    assert number.value == 42 and numbers[:] == [0, 0, 2.5]
                """);
        assertEquals(List.of("0 41", "0 42", "16 2.5"),
                of(events, "MemoryWrite").map(e -> e.getLong("offset") + " " + e.getString("value")).toList());
        assertEquals(folder.resolve("program.py") + ":4", of(events, "MemoryWrite").toList().get(1).getString("where"));
    }

    @Test
    void nothingIsRecordedUnlessARecordingAsksForIt() throws Exception {
        Path file = folder.resolve("other.jfr");
        try (Recording other = new Recording()) {
            other.start();
            TestHost.code("import multiprocessing; multiprocessing.Lock().acquire()");
            other.stop();
            other.dump(file);
        }
        assertTrue(RecordingFile.readAllEvents(file).stream().noneMatch(e -> e.getEventType().getName().startsWith("org.polyproc.")));
    }

    @Test
    void aFileThatCantBeWrittenIsAnError() {
        assertThrows(IOException.class, () -> EventRecording.start(folder.resolve("none/x.jfr"), false));
    }
}
