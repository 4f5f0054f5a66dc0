package org.polyproc.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.sync.KernelSemaphore;

class VirtualProcessTest {

    private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Kernel kernel = new Kernel(3);

    @AfterEach
    void close() {
        kernel.close();
    }

    /** A body made of Java code; cancelling it interrupts its thread. */
    private static final class JavaBody implements ProcessBody {
        private final ToIntFunction<VirtualProcess> code;
        private final CountDownLatch woken = new CountDownLatch(1);
        private Thread thread;
        private boolean cancelled;

        JavaBody(ToIntFunction<VirtualProcess> code) {
            this.code = code;
        }

        @Override
        public int run(VirtualProcess self) {
            synchronized (this) {
                thread = Thread.currentThread();
                if (cancelled) {
                    return 0;
                }
            }
            return code.applyAsInt(self);
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        @Override
        public void wake() {
            woken.countDown();
        }
    }

    private VirtualProcess start(ToIntFunction<VirtualProcess> code) {
        return kernel.processes().start(null, "test", List.of(), new JavaBody(code));
    }

    private static int waitForEver(VirtualProcess self) {
        try {
            return self.await(() -> {
                new CountDownLatch(1).await();
                return 0;
            });
        } catch (InterruptedException e) {
            return 99;
        } catch (SignalInterrupt e) {
            return 100 + self.nextSignal();
        }
    }

    private static int exitCode(VirtualProcess process) throws InterruptedException {
        return process.waitFor(A_MINUTE).orElseThrow();
    }

    @Test
    void theExitCodeIsWhatTheBodyReturns() throws Exception {
        VirtualProcess process = start(self -> 42);
        assertEquals(42, exitCode(process));
        assertEquals(OptionalInt.of(42), process.exitCode());
        assertEquals(42, process.onExit().get());
        assertFalse(process.signal(Signals.SIGTERM), "an ended process takes no signal");
        assertTrue(kernel.processes().find(process.pid()).isEmpty(), "nobody is there to ask for it");
    }

    @Test
    void aBodyThatThrowsIsAFailure() throws Exception {
        assertEquals(1, exitCode(start(self -> {
            throw new IllegalStateException("expected by the test");
        })));
    }

    @Test
    void aSignalEndsAProcessThatDoesNotCatchIt() throws Exception {
        VirtualProcess process = start(VirtualProcessTest::waitForEver);
        assertTrue(process.signal(0));
        assertTrue(process.signal(Signals.SIGTERM));
        assertEquals(-Signals.SIGTERM, exitCode(process));
    }

    @Test
    void theFirstEndCounts() throws Exception {
        VirtualProcess process = start(VirtualProcessTest::waitForEver);
        process.signal(Signals.SIGKILL);
        process.signal(Signals.SIGTERM);
        assertEquals(-Signals.SIGKILL, exitCode(process));
    }

    @Test
    void aCaughtSignalEndsAWaitEarly() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        VirtualProcess process = start(self -> {
            self.setDisposition(Signals.SIGTERM, Disposition.CATCH);
            ready.countDown();
            return waitForEver(self);
        });
        ready.await();
        process.signal(Signals.SIGTERM);
        assertEquals(100 + Signals.SIGTERM, exitCode(process));
    }

    @Test
    void aCaughtSignalWakesABodyThatDoesNotWait() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        JavaBody[] body = new JavaBody[1];
        body[0] = new JavaBody(self -> {
            self.setDisposition(Signals.SIGINT, Disposition.CATCH);
            ready.countDown();
            try {
                body[0].woken.await();
            } catch (InterruptedException e) {
                return 99;
            }
            return self.nextSignal();
        });
        VirtualProcess process = kernel.processes().start(null, "test", List.of(), body[0]);
        ready.await();
        process.signal(Signals.SIGINT);
        assertEquals(Signals.SIGINT, exitCode(process));
    }

    @Test
    void anIgnoredSignalDoesNothingAndKillCantBeIgnored() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        VirtualProcess process = start(self -> {
            for (int signum = 1; signum <= Signals.MAX; signum++) {
                self.setDisposition(signum, Disposition.IGNORE);
            }
            ready.countDown();
            return waitForEver(self);
        });
        ready.await();
        process.signal(Signals.SIGTERM);
        assertTrue(process.exitCode().isEmpty());
        process.signal(Signals.SIGKILL);
        assertEquals(-Signals.SIGKILL, exitCode(process));
    }

    @Test
    void signalsThatStopOrDoNotExistAreRefused() {
        VirtualProcess process = start(VirtualProcessTest::waitForEver);
        Exception stop = assertThrows(IllegalArgumentException.class, () -> process.signal(19));
        assertEquals("a process inside a JVM can't be stopped: signum=19", stop.getMessage());
        Exception none = assertThrows(IllegalArgumentException.class, () -> process.signal(65));
        assertEquals("signal number must be 0 to 64: signum=65", none.getMessage());
    }

    @Test
    void exitNowDoesNotComeBack() throws Exception {
        assertEquals(7, exitCode(start(self -> {
            self.exitNow(7);
            return 1;
        })));
    }

    @Test
    void whatAProcessHeldIsGivenBackAtItsEndAndWhatAChildInheritedLives() throws Exception {
        Segment segment = kernel.segment(8);
        KernelSemaphore end = kernel.semaphore(0, 1);
        CompletableFuture<VirtualProcess> child = new CompletableFuture<>();
        VirtualProcess parent = start(self -> {
            self.descriptors().hold(segment);
            child.complete(kernel.processes().start(self, "child", List.of(segment.id()), new JavaBody(me -> {
                try {
                    end.acquire();
                } catch (InterruptedException e) {
                    return 99;
                }
                return me.descriptors().size();
            })));
            return 0;
        });
        exitCode(parent);
        segment.memory().set(java.lang.foreign.ValueLayout.JAVA_LONG, 0, 5);
        assertEquals(1, child.get().ppid(), "an orphan's parent is init");
        end.release();
        assertEquals(1, exitCode(child.get()));
        assertTrue(segment.isDestroyed());
    }

    @Test
    void aChildInheritsOnlyWhatItsParentHolds() throws Exception {
        Segment segment = kernel.segment(8);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        exitCode(start(self -> {
            try {
                kernel.processes().start(self, "child", List.of(segment.id()), new JavaBody(me -> 0));
            } catch (RuntimeException e) {
                failure.complete(e);
            }
            return 0;
        }));
        assertInstanceOf(IllegalArgumentException.class, failure.get());
        assertEquals(0, kernel.processes().list().count(), "nothing was left running");
    }

    @Test
    void anEndedChildIsKnownUntilItIsReaped() throws Exception {
        KernelSemaphore reaped = kernel.semaphore(0, 1);
        CompletableFuture<VirtualProcess> child = new CompletableFuture<>();
        VirtualProcess parent = start(self -> {
            child.complete(kernel.processes().start(self, "child", List.of(), new JavaBody(me -> 3)));
            try {
                reaped.acquire();
            } catch (InterruptedException e) {
                return 99;
            }
            return 0;
        });
        assertEquals(3, exitCode(child.get()));
        assertTrue(kernel.processes().find(child.get().pid()).isPresent());
        parent.reap(child.get());
        assertTrue(kernel.processes().find(child.get().pid()).isEmpty());
        reaped.release();
        exitCode(parent);
    }

    @Test
    void oneProcessTooManyIsRefused() {
        for (int i = 0; i < 3; i++) {
            start(VirtualProcessTest::waitForEver);
        }
        Exception e = assertThrows(ProcessLimitException.class, () -> start(self -> 0));
        assertEquals("the number of live processes must not exceed its limit: limit=3", e.getMessage());
    }

    @Test
    void aClosedKernelHasEndedItsProcessesAndStartsNone() {
        VirtualProcess process = start(VirtualProcessTest::waitForEver);
        kernel.close();
        assertEquals(OptionalInt.of(-Signals.SIGKILL), process.exitCode());
        assertThrows(IllegalStateException.class, () -> start(self -> 0));
    }

    @Test
    void aPreparedProcessIsSeenWhenItIsBorn() throws Exception {
        CountDownLatch prepared = new CountDownLatch(1);
        VirtualProcess process = kernel.processes().prepare(new JavaBody(self -> {
            prepared.countDown();
            return awaitBirth(self) ? self.pid() - kernelPid() : 99;
        }));
        prepared.await();
        assertEquals(0, process.pid());
        assertEquals(0, kernel.processes().list().count());
        assertTrue(kernel.processes().bear(process, null, "test", List.of()));
        assertEquals("test", process.name());
        assertEquals(process.pid() - kernelPid(), exitCode(process));
    }

    private static boolean awaitBirth(VirtualProcess self) {
        try {
            return self.awaitBirth();
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The number from which a kernel counts. */
    private static int kernelPid() {
        return (int) ProcessHandle.current().pid();
    }

    @Test
    void aPreparedProcessThatIsNotWantedEnds() throws Exception {
        VirtualProcess process = kernel.processes().prepare(new JavaBody(self -> awaitBirth(self) ? 0 : 99));
        process.discard();
        assertEquals(99, exitCode(process));
        assertFalse(kernel.processes().bear(process, null, "test", List.of()), "it has ended");
        assertEquals(0, kernel.processes().list().count());
    }

    @Test
    void aPreparedProcessCountsWhenItIsBorn() throws Exception {
        for (int i = 0; i < 3; i++) {
            start(VirtualProcessTest::waitForEver);
        }
        VirtualProcess process = kernel.processes().prepare(new JavaBody(self -> awaitBirth(self) ? 0 : 99));
        assertThrows(ProcessLimitException.class, () -> kernel.processes().bear(process, null, "one too many", List.of()));
        process.discard();
        assertEquals(99, exitCode(process));
    }
}
