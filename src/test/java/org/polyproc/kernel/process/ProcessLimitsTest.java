package org.polyproc.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.Limits;
import org.polyproc.kernel.process.Signals.Disposition;

/** Threads, run time and timers of processes. */
@Timeout(60)
class ProcessLimitsTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private static Kernel kernel(int maxThreads, Duration maxRunTime) {
        return new Kernel(new Limits(9, maxThreads, 100, 1000, 1000, Optional.ofNullable(maxRunTime)), false, false);
    }

    /** A body that waits in the kernel again and again, and says which signals end its waits. */
    private static final class Waiting implements ProcessBody {
        private final BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();
        private final AtomicInteger wakes = new AtomicInteger();
        private final ToIntFunction<Integer> answer;
        private Thread thread;

        /** @param answer the exit code at a signal, or -1 to go on */
        Waiting(ToIntFunction<Integer> answer) {
            this.answer = answer;
        }

        @Override
        public int run(VirtualProcess self) {
            synchronized (this) {
                thread = Thread.currentThread();
            }
            for (;;) {
                try {
                    self.await(() -> {
                        new CountDownLatch(1).await();
                        return 0;
                    });
                } catch (SignalInterrupt e) {
                    int signum = self.nextSignal();
                    signals.add(signum);
                    if (answer.applyAsInt(signum) >= 0) {
                        return answer.applyAsInt(signum);
                    }
                } catch (InterruptedException e) {
                    return 99;
                }
            }
        }

        @Override
        public synchronized void cancel() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        @Override
        public void wake() {
            wakes.incrementAndGet();
        }
    }

    private static VirtualProcess start(Kernel kernel, VirtualProcess parent, ProcessBody body) {
        return kernel.processes().start(parent, "test", List.of(), body);
    }

    @Test
    void threadsOfAllProcessesAreLimitedTogether() throws Exception {
        try (Kernel kernel = kernel(2, null)) {
            VirtualProcess first = start(kernel, null, new Waiting(signum -> -1));
            VirtualProcess second = start(kernel, null, new Waiting(signum -> -1));
            assertTrue(first.requestThread());
            assertTrue(second.requestThread());
            assertFalse(first.requestThread());
            second.cancelThread();
            second.cancelThread();
            assertTrue(first.requestThread());
            Thread thread = new Thread();
            first.addThread(thread);
            first.removeThread(thread);
            assertTrue(second.requestThread());
            assertFalse(second.requestThread());
            second.signal(Signals.SIGKILL);
            second.waitFor(Long.MAX_VALUE);
            assertTrue(first.requestThread());
        }
    }

    @Test
    void whoStartsMoreThreadsThanAllowedWithoutAskingIsKilled() throws Exception {
        try (Kernel kernel = kernel(1, null)) {
            VirtualProcess process = start(kernel, null, new Waiting(signum -> -1));
            process.addThread(new Thread());
            assertTrue(process.exitCode().isEmpty());
            process.addThread(new Thread());
            assertEquals(-Signals.SIGKILL, process.waitFor(Long.MAX_VALUE).orElseThrow());
            assertTrue(start(kernel, null, new Waiting(signum -> -1)).requestThread());
        }
    }

    @Test
    void whoRunsForTooLongIsToldAndMayEnd() throws Exception {
        try (Kernel kernel = kernel(0, SHORT)) {
            VirtualProcess process = start(kernel, null, new Waiting(signum -> signum == Signals.OVERTIME ? 3 : -1));
            assertEquals(3, process.waitFor(Long.MAX_VALUE).orElseThrow());
        }
    }

    @Test
    void whoDoesNotEndThenIsKilled() throws Exception {
        try (Kernel kernel = kernel(0, SHORT)) {
            Waiting body = new Waiting(signum -> -1);
            VirtualProcess process = start(kernel, null, body);
            assertEquals(-Signals.SIGKILL, process.waitFor(Long.MAX_VALUE).orElseThrow());
            assertEquals(List.of(Signals.OVERTIME), List.copyOf(body.signals));
        }
    }

    @Test
    void childrenHaveTheTimeOfTheirParent() throws Exception {
        try (Kernel kernel = kernel(0, SHORT)) {
            VirtualProcess parent = start(kernel, null, new Waiting(signum -> -1));
            parent.waitFor(TimeUnit.MILLISECONDS.toNanos(200));
            long begin = System.nanoTime();
            VirtualProcess child = start(kernel, parent, new Waiting(signum -> 4));
            assertEquals(4, child.waitFor(Long.MAX_VALUE).orElseThrow());
            assertEquals(parent.deadline(), child.deadline());
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void nobodyCanSendWhatSaysThatTheTimeIsOver() {
        try (Kernel kernel = kernel(0, null)) {
            VirtualProcess process = start(kernel, null, new Waiting(signum -> -1));
            assertThrows(IllegalArgumentException.class, () -> process.signal(Signals.OVERTIME));
        }
    }

    @Test
    void aTimerSendsItsSignalAgainAndAgainUntilItIsSwitchedOff() throws Exception {
        try (Kernel kernel = kernel(0, null)) {
            Waiting body = new Waiting(signum -> -1);
            VirtualProcess process = start(kernel, null, body);
            process.setDisposition(Signals.SIGALRM, Disposition.CATCH);
            assertEquals(0, process.timer().remainingNanos());
            process.timer().set(1_000_000, 1);
            assertEquals(1_000_000, process.timer().intervalNanos());
            assertEquals(Signals.SIGALRM, body.signals.take());
            assertEquals(Signals.SIGALRM, body.signals.take());
            process.timer().set(TimeUnit.HOURS.toNanos(1), 0);
            assertEquals(0, process.timer().intervalNanos());
            assertEquals(1, process.timer().remainingNanos() / 1e9 / 3600, 0.01);
            process.timer().set(0, 0);
            assertEquals(0, process.timer().remainingNanos());
        }
    }

    @Test
    void aFloodOfSignalsWakesABusyProcessOnce() {
        try (Kernel kernel = kernel(0, null)) {
            CountDownLatch end = new CountDownLatch(1);
            Waiting counter = new Waiting(signum -> -1);
            VirtualProcess process = start(kernel, null, new ProcessBody() {
                @Override
                public int run(VirtualProcess self) {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        return 1;
                    }
                    return 0;
                }

                @Override
                public void cancel() {
                    end.countDown();
                }

                @Override
                public void wake() {
                    counter.wake();
                }
            });
            process.setDisposition(Signals.SIGHUP, Disposition.CATCH);
            for (int i = 0; i < 1000; i++) {
                process.signal(Signals.SIGHUP);
            }
            assertEquals(1, counter.wakes.get());
            assertEquals(Signals.SIGHUP, process.nextSignal());
            assertEquals(0, process.nextSignal());
            process.signal(Signals.SIGHUP);
            assertEquals(2, counter.wakes.get());
        }
    }
}
