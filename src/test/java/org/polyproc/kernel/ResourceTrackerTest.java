package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.ProcessLimitException;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.VirtualProcess;

class ResourceTrackerTest {

    private final List<String> unlinked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final ProcessTable processes = new ProcessTable(100, 2);
    private final ResourceTracker tracker =
            new ResourceTracker(1, processes, Map.of("shared_memory", this::unlink), 5, warnings::add);
    private final CountDownLatch programEnd = new CountDownLatch(1);
    private final VirtualProcess program = processes.start(null, "program", List.of(), new ProgramBody());

    /** A process that lives until the test lets it end. */
    private final class ProgramBody implements ProcessBody {
        @Override
        public int run(VirtualProcess self) {
            try {
                programEnd.await();
            } catch (InterruptedException e) {
                return 1;
            }
            return 0;
        }

        @Override
        public void cancel() {
            programEnd.countDown();
        }

        @Override
        public void wake() {
        }
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private VirtualProcess started() {
        return processes.find(tracker.start(program)).orElseThrow();
    }

    private static void awaitEnd(VirtualProcess process) throws InterruptedException {
        process.waitFor(Long.MAX_VALUE);
    }

    private void unlink(String name) throws IOException {
        if (name.equals("/gone")) {
            throw new NoSuchFileException(name);
        }
        if (name.equals("/locked")) {
            throw new IOException("no access");
        }
        unlinked.add(name);
    }

    @Test
    void itRemovesWhatIsLeftWhenItsLastHolderIsGone() throws InterruptedException {
        tracker.retain();
        tracker.retain();
        VirtualProcess process = started();
        assertEquals(process.pid(), tracker.start(program));
        for (String name : List.of("/a", "/b", "/b", "/gone", "/locked", "/c")) {
            assertTrue(tracker.register("shared_memory", name));
        }
        tracker.unregister("shared_memory", "/b");
        tracker.unregister("shared_memory", "/never");
        tracker.drop();
        assertEquals(List.of(), unlinked);
        tracker.drop();
        awaitEnd(process);
        assertEquals(List.of("/a", "/c"), unlinked);
        assertEquals(List.of(
                "resource_tracker: There appear to be 4 leaked shared_memory objects to clean up at shutdown",
                "resource_tracker: '/gone': [Errno 2] No such file or directory: '/gone'",
                "resource_tracker: '/locked': no access"), warnings);
    }

    @Test
    void itSaysNothingIfNothingIsLeft() throws InterruptedException {
        tracker.retain();
        VirtualProcess process = started();
        tracker.register("shared_memory", "/a");
        tracker.unregister("shared_memory", "/a");
        tracker.drop();
        awaitEnd(process);
        assertEquals(List.of(), warnings);
    }

    @Test
    void itIgnoresWhatCtrlCSendsAndForgetsWhenItIsKilled() throws InterruptedException {
        tracker.retain();
        VirtualProcess first = started();
        tracker.register("shared_memory", "/a");
        assertTrue(first.signal(Signals.SIGINT));
        assertTrue(first.signal(Signals.SIGTERM));
        assertEquals(first.pid(), tracker.pid());

        first.signal(Signals.SIGKILL);
        awaitEnd(first);
        assertEquals(0, tracker.pid());
        assertFalse(tracker.register("shared_memory", "/b"));

        VirtualProcess second = started();
        assertTrue(tracker.register("shared_memory", "/c"));
        tracker.drop();
        awaitEnd(second);
        assertEquals(List.of("/c"), unlinked);
    }

    @Test
    void closingTheTableLetsItFinish() {
        tracker.retain();
        started();
        tracker.register("shared_memory", "/a");
        program.onExit().thenRun(tracker::drop);
        processes.close();
        assertEquals(List.of("/a"), unlinked);
    }

    @Test
    void itIsOneOfTheProcessesThatMayBeAlive() {
        ResourceTracker other = new ResourceTracker(2, processes, Map.of(), 0, warnings::add);
        tracker.retain();
        other.retain();
        started();
        assertThrows(ProcessLimitException.class, () -> other.start(program));
        tracker.drop();
    }

    @Test
    void itKnowsItsTypes() {
        tracker.retain();
        started();
        assertFalse(tracker.register("socket", "/a"));
        tracker.drop();
    }

    @Test
    void itRemembersAsManyNamesAsAllowed() {
        tracker.retain();
        started();
        for (String name : List.of("/a", "/b", "/c", "/d", "/e", "/a")) {
            assertTrue(tracker.register("shared_memory", name));
        }
        assertThrows(ObjectLimitException.class, () -> tracker.register("shared_memory", "/f"));
        tracker.drop();
    }
}
