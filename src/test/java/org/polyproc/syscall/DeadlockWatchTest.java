package org.polyproc.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.Signals.Disposition;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.kernel.sync.KernelSemaphore;

/** Deadlocks among processes whose programs are Java code, and what only looks like one. */
@Timeout(60)
class DeadlockWatchTest {

    /** How long a deadlock that must not be found has time to be found. */
    private static final long QUIET_MILLIS = 300;

    private final CompletableFuture<String> told = new CompletableFuture<>();
    private final Kernel kernel = new Kernel(10);

    DeadlockWatchTest() {
        kernel.watchDeadlocks(told::complete);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    /** A program. */
    @FunctionalInterface
    private interface Program {
        void run(VirtualProcess self) throws Exception;
    }

    private VirtualProcess start(VirtualProcess parent, String name, List<Integer> inherited, Program program) {
        return kernel.processes().start(parent, name, inherited, new ProcessBody() {
            private volatile Thread thread;

            @Override
            public int run(VirtualProcess self) {
                thread = Thread.currentThread();
                try {
                    program.run(self);
                    return 0;
                } catch (Exception e) {
                    return 1;
                }
            }

            @Override
            public void cancel() {
                thread.interrupt();
            }

            @Override
            public void wake() {
                // There are no handlers to run.
            }

            @Override
            public String where() {
                return "program:1";
            }

            @Override
            public List<String> stack() {
                return List.of("File \"program\", line 1 in " + name);
            }
        });
    }

    private static SemLock open(VirtualProcess self, KernelSemaphore semaphore) {
        return new SemLock(self, self.descriptors().tryOpen(semaphore.id(), KernelSemaphore.class).orElseThrow(), false);
    }

    private static int join(VirtualProcess self, VirtualProcess other) throws Exception {
        return self.await(new WaitReason.Exit(other), false, () -> other.waitFor(Long.MAX_VALUE)).orElseThrow();
    }

    /** Starts a main process that holds what is given, and is told how to start children that inherit all of it. */
    private void main(List<KernelSemaphore> semaphores, Program program) {
        start(null, "MainProcess", List.of(), self -> {
            semaphores.forEach(self.descriptors()::hold);
            program.run(self);
        });
    }

    private static List<Integer> ids(KernelSemaphore... semaphores) {
        return List.of(semaphores).stream().map(KernelSemaphore::id).toList();
    }

    private String deadlock() throws Exception {
        return told.get(30, TimeUnit.SECONDS).replaceAll("process \\d+ ", "");
    }

    private void assertNone() throws Exception {
        // Nothing tells that nothing was found, so there is some time for it.
        assertFalse(told.completeOnTimeout("none", QUIET_MILLIS, TimeUnit.MILLISECONDS).get().startsWith("deadlock"));
    }

    /** Two processes that take two locks in opposite orders, while a third one computes. */
    @Test
    void aRingOfLocksIsFoundWhileOthersRun() throws Exception {
        KernelSemaphore a = kernel.semaphore(1, 1);
        KernelSemaphore b = kernel.semaphore(1, 1);
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch end = new CountDownLatch(1);
        main(List.of(a, b), self -> {
            start(self, "ab", ids(a, b), child -> inOrder(child, a, b, both));
            start(self, "ba", ids(a, b), child -> inOrder(child, b, a, both));
            end.await();
        });
        String text = deadlock();
        end.countDown();
        assertTrue(text.startsWith("deadlock: these processes wait for each other\n"), text);
        assertTrue(text.contains("  (ab) at program:1 waits for lock " + b.id() + ", which (ba) has held since program:1\n"), text);
        assertTrue(text.contains("  (ba) at program:1 waits for lock " + a.id() + ", which (ab) has held since program:1\n"), text);
        assertEquals(3, text.lines().count(), text);
    }

    private static void inOrder(VirtualProcess self, KernelSemaphore first, KernelSemaphore second, CyclicBarrier both) throws Exception {
        SemLock held = open(self, first);
        assertEquals(SemLock.ACQUIRED, held.acquire(-1));
        both.await();
        open(self, second).acquire(-1);
        // A lock that a program has no object of any more is no longer among what its process has.
        Reference.reachabilityFence(held);
    }

    /** Threads that wait are interrupted to tell where they are, and wait on: they can be asked again. */
    @Test
    void aDumpSaysWhoWaitsForWhatAndWhoHoldsIt() throws Exception {
        KernelSemaphore a = kernel.semaphore(1, 1);
        KernelSemaphore b = kernel.semaphore(1, 1);
        CyclicBarrier both = new CyclicBarrier(2);
        main(List.of(a, b), self -> {
            VirtualProcess ab = start(self, "ab", ids(a, b), child -> inOrder(child, a, b, both));
            start(self, "ba", ids(a, b), child -> inOrder(child, b, a, both));
            join(self, ab);
        });
        deadlock();
        for (int i = 0; i < 2; i++) {
            String dump = kernel.dump().replaceAll("process \\d+ ", "").replaceAll("\\d+\\.\\d\\d s", "0.00 s")
                    .replaceAll("parent \\d{2,}", "parent N");
            assertTrue(dump.startsWith("3 processes\n\n(MainProcess), parent 1, 0.00 s of processor time: "), dump);
            assertTrue(dump.contains("""

                    (ab), parent N, 0.00 s of processor time: waits for lock %d, which (ba) has held since program:1
                      holds lock %d since program:1
                      Main thread (most recent call first):
                        File "program", line 1 in ab
                    """.formatted(b.id(), a.id())), dump);
            assertTrue(dump.contains("\ndeadlock: these processes wait for each other\n  (ab) at program:1 waits for lock "), dump);
        }
    }

    @Test
    void aLockOfADeadProcessIsFound() throws Exception {
        KernelSemaphore lock = kernel.semaphore(1, 1);
        main(List.of(lock), self -> {
            VirtualProcess dead = start(self, "dead", ids(lock), child -> open(child, lock).acquire(-1));
            join(self, dead);
            join(self, start(self, "waits", ids(lock), child -> open(child, lock).acquire(-1)));
        });
        assertEquals("""
                deadlock: all processes wait, and only they could end their waits
                  (MainProcess) at program:1 waits for the end of (waits)
                  (waits) at program:1 waits for lock %d, which (dead) held when it ended
                """.formatted(lock.id()), deadlock());
    }

    @Test
    void aChildThatWaitsForItsParentsMessageIsFound() throws Exception {
        main(List.of(), self -> {
            ChannelEnd.Pair pair = kernel.channel(false);
            self.descriptors().hold(pair.first());
            self.descriptors().hold(pair.second());
            join(self, start(self, "reader", List.of(pair.first().id()), child -> {
                ChannelEnd end = child.descriptors().tryOpen(pair.first().id(), ChannelEnd.class).orElseThrow();
                new Channel(child, end).receive(-1);
            }));
        });
        String text = deadlock();
        assertTrue(text.contains("  (reader) at program:1 waits for a message from channel "), text);
    }

    @Test
    void aWaitWithALimitIsNone() throws Exception {
        KernelSemaphore lock = kernel.semaphore(1, 1);
        main(List.of(lock), self -> {
            open(self, lock).acquire(-1);
            join(self, start(self, "patient", ids(lock), child -> open(child, lock).acquire(1000)));
        });
        assertNone();
    }

    @Test
    void aLockThatJavaHoldsTooIsNone() throws Exception {
        KernelSemaphore lock = kernel.semaphore(1, 1);
        lock.retain();
        main(List.of(lock), self -> {
            open(self, lock).acquire(-1);
            join(self, start(self, "waits", ids(lock), child -> open(child, lock).acquire(-1)));
        });
        assertNone();
        lock.drop();
    }

    @Test
    void aSignalHandlerMayHelp() throws Exception {
        KernelSemaphore lock = kernel.semaphore(1, 1);
        main(List.of(lock), self -> {
            self.setDisposition(Signals.SIGTERM, Disposition.CATCH);
            open(self, lock).acquire(-1);
            join(self, start(self, "waits", ids(lock), child -> open(child, lock).acquire(-1)));
        });
        assertNone();
    }

    /** Two processes pass a turn on, each waiting for a lock that it took itself and the other one releases. */
    @Test
    void locksThatAreHandedOverAreNone() throws Exception {
        KernelSemaphore ping = kernel.semaphore(1, 1);
        KernelSemaphore pong = kernel.semaphore(0, 1);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        main(List.of(ping, pong), self -> {
            VirtualProcess one = start(self, "ping", ids(ping, pong), child -> passOn(open(child, ping), open(child, pong)));
            VirtualProcess two = start(self, "pong", ids(ping, pong), child -> passOn(open(child, pong), open(child, ping)));
            join(self, one);
            exit.complete(join(self, two));
        });
        assertEquals(0, exit.get(50, TimeUnit.SECONDS));
        assertNone();
    }

    private static void passOn(SemLock mine, SemLock others) throws Exception {
        for (int i = 0; i < 2000; i++) {
            assertEquals(SemLock.ACQUIRED, mine.acquire(-1));
            assertEquals(SemLock.RELEASED, others.release());
        }
    }

    /** Two processes send messages to and fro: each waits most of the time, but never both for ever. */
    @Test
    void messagesThatGoToAndFroAreNone() throws Exception {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        main(List.of(), self -> {
            ChannelEnd.Pair pair = kernel.channel(true);
            self.descriptors().hold(pair.first());
            self.descriptors().hold(pair.second());
            VirtualProcess echo = start(self, "echo", List.of(pair.second().id()), child -> exchange(child, pair.second(), false));
            exchange(self, pair.first(), true);
            exit.complete(join(self, echo));
        });
        assertEquals(0, exit.get(50, TimeUnit.SECONDS));
        assertNone();
    }

    private static void exchange(VirtualProcess self, ChannelEnd end, boolean first) throws Exception {
        byte[] message = {0, 0, 0, 1, 42};
        for (int i = 0; i < 2000; i++) {
            if (first) {
                end.write(message, true);
            }
            byte[] received = end.readMessage(100, false);
            if (received == null) {
                received = self.await(new WaitReason.Message(end), false,
                        () -> end.readMessage(100, self.whereabouts()::granted));
            }
            assertEquals(1, received.length);
            if (!first) {
                end.write(message, true);
            }
        }
    }
}
