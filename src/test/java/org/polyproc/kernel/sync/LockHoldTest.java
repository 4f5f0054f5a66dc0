package org.polyproc.kernel.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyproc.trace.CoarseClock;
import org.polyproc.trace.EventRecording;

/** Holds that follow each other so fast that not all of them are measured. */
class LockHoldTest {

    private static final int PID = 7;

    @TempDir
    private Path folder;
    private Path file;
    private final KernelSemaphore lock = new KernelSemaphore(4711, 1, 1);
    private final LockHold hold = lock.hold();

    @BeforeEach
    void acquire() {
        file = folder.resolve("events.jfr");
        assertTrue(lock.tryAcquire());
    }

    /** Begins short holds until one is not measured. */
    private void beginUnmeasured() {
        do {
            if (hold.isNoted() && !lock.endShortHold()) {
                lock.noteRelease();
            }
            if (!hold.beginShortly(PID)) {
                hold.begin(PID, null);
            }
        } while (hold.isMeasured());
    }

    /** Lets the clock be set often. */
    private static void awaitPeriods(int periods) {
        for (long time = System.nanoTime() + periods * CoarseClock.PERIOD_NANOS; CoarseClock.now() < time;) {
            Thread.onSpinWait();
        }
    }

    private RecordedEvent lastRecorded() throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().equals("org.polyproc.SemaphoreHold"))
                .max(Comparator.comparing(RecordedEvent::getEndTime)).orElseThrow();
    }

    @Test
    void aLongHoldAmongUnmeasuredOnesIsRecorded() throws Exception {
        try (EventRecording recording = EventRecording.start(file, false)) {
            beginUnmeasured();
            awaitPeriods(3);
            assertFalse(lock.endShortHold());
            assertTrue(hold.isNoted());
            assertTrue(lock.release());
            assertFalse(hold.isNoted());
            assertTrue(hold.wasLong());
        }
        RecordedEvent last = lastRecorded();
        assertTrue(last.getLong("held") >= 2 * CoarseClock.PERIOD_NANOS, last::toString);
        assertEquals(PID, last.getInt("pid"));
        assertEquals(4711, last.getInt("semaphore"));
        assertTrue(last.getBoolean("released"));
    }

    @Test
    void theEndOfAProcessInAnUnmeasuredHoldIsRecorded() throws Exception {
        try (EventRecording recording = EventRecording.start(file, false)) {
            beginUnmeasured();
            lock.abandon(Thread.currentThread(), PID, "Process-7");
        }
        RecordedEvent last = lastRecorded();
        assertEquals(PID, last.getInt("pid"));
        assertFalse(last.getBoolean("released"));
    }

    @Test
    void aHoldOfAnotherProcessIsMeasured() throws Exception {
        try (EventRecording recording = EventRecording.start(file, false)) {
            beginUnmeasured();
            while (!lock.endShortHold()) {
                lock.noteRelease();
                beginUnmeasured();
            }
            assertTrue(hold.beginShortly(PID + 1));
            assertTrue(hold.isMeasured());
        }
    }

    @Test
    void everyHoldIsMeasuredIfNobodySetsTheClock() {
        while (CoarseClock.isRunning(System.nanoTime())) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 1000; i++) {
            if (!hold.beginShortly(PID)) {
                hold.begin(PID, null);
            }
            assertTrue(hold.isMeasured());
            if (!lock.endShortHold()) {
                lock.noteRelease();
            }
        }
    }
}
