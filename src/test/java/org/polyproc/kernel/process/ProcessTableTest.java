package org.polyproc.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Processes of threads that are there already, and who is told of births and ends. */
class ProcessTableTest {

    private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ProcessTable table = new ProcessTable(100, 5);

    /** A body that returns when it is told to, or is cancelled. */
    private static final class Body implements ProcessBody {
        private final CountDownLatch end = new CountDownLatch(1);
        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public int run(VirtualProcess self) {
            try {
                end.await();
                return 7;
            } catch (InterruptedException e) {
                return 1;
            }
        }

        @Override
        public void cancel() {
            cancelled.countDown();
            end.countDown();
        }

        @Override
        public void wake() {
            // There are no handlers.
        }
    }

    @Test
    void anAdoptedProcessHasTheCallersThread() throws Exception {
        String name = Thread.currentThread().getName();
        VirtualProcess process = table.adopt("guest", new Body());
        assertEquals(Optional.of(process), table.find(100));
        assertEquals(1, process.ppid());
        process.rename("other");
        assertEquals("other", process.name());
        assertEquals(name, Thread.currentThread().getName());
        assertFalse(process.isWaiting());

        process.release(3);
        process.release(4);
        assertEquals(OptionalInt.of(3), process.exitCode());
        assertEquals(Optional.empty(), table.find(100));
        assertFalse(process.signal(Signals.SIGKILL));
        assertTrue(process.joinThreads(A_MINUTE));
    }

    @Test
    void anAdoptedProcessThatIsKilledIsCancelledAndKeepsItsFate() throws Exception {
        Body body = new Body();
        VirtualProcess process = table.adopt("guest", body);
        process.signal(Signals.SIGKILL);
        assertTrue(body.cancelled.await(1, TimeUnit.MINUTES));
        assertEquals(OptionalInt.empty(), process.exitCode());
        process.release(0);
        assertEquals(OptionalInt.of(-Signals.SIGKILL), process.exitCode());
    }

    @Test
    void closingReleasesWhatIsAdoptedAndKillsTheRest() {
        Body body = new Body();
        VirtualProcess adopted = table.adopt("guest", body);
        VirtualProcess other = table.start(adopted, "child", List.of(), new Body());
        table.close();
        assertEquals(OptionalInt.of(0), adopted.exitCode());
        assertEquals(1, body.cancelled.getCount());
        assertEquals(OptionalInt.of(-Signals.SIGKILL), other.exitCode());
        assertThrows(IllegalStateException.class, () -> table.adopt("guest", new Body()));
    }

    @Test
    void whatNoOneAdoptedIsNotReleased() throws Exception {
        Body body = new Body();
        VirtualProcess process = table.start(null, "main", List.of(), body);
        process.release(3);
        assertEquals(OptionalInt.empty(), process.exitCode());
        assertFalse(process.isEnding());
        body.end.countDown();
        assertEquals(OptionalInt.of(7), process.waitFor(A_MINUTE));
        table.close();
    }

    @Test
    void theEndIsToldAfterTheBirthEvenIfItComesFirst() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        table.setListener(new ProcessListener() {
            @Override
            public void onStart(VirtualProcess process) {
                process.signal(Signals.SIGKILL);
                events.add("start " + process.exitCode());
            }

            @Override
            public void onExit(VirtualProcess process) {
                events.add("exit " + process.exitCode());
                throw new IllegalStateException("expected by the test");
            }
        });
        table.start(null, "main", List.of(), new Body());
        table.close();
        assertEquals(List.of("start OptionalInt.empty", "exit OptionalInt[-9]"), events);
    }

    @Test
    void theFirstErrorCountsIfTheProcessFailed() throws Exception {
        Body body = new Body();
        VirtualProcess process = table.start(null, "main", List.of(), body);
        process.setError("first");
        process.setError("second");
        assertEquals(Optional.empty(), process.error());
        body.end.countDown();
        process.waitFor(A_MINUTE);
        assertEquals(Optional.of("first"), process.error());
        table.close();
    }
}
