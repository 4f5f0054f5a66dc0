package org.polyproc.kernel.sync;

import org.junit.jupiter.api.Test;
import org.polyproc.kernel.Scenario;

/**
 * The protocol of the standard library's {@code multiprocessing.Condition}, over the kernel's semaphores, model-checked.
 *
 * <p>A timeout that ends a wait is modelled by looking for a unit once: the model checker lets any time pass before that. As on
 * CPython, a notification may go to a waiter whose time is over at that moment.
 */
class ConditionModelCheck {

    /** The four semaphores of a condition, and what CPython's {@code wait} and {@code notify} do with them. */
    private static final class Condition {
        private final KernelSemaphore lock = new KernelSemaphore(1, 1, 1);
        private final KernelSemaphore sleepingCount = new KernelSemaphore(2, 0, Integer.MAX_VALUE);
        private final KernelSemaphore wokenCount = new KernelSemaphore(3, 0, Integer.MAX_VALUE);
        private final KernelSemaphore waitSemaphore = new KernelSemaphore(4, 0, Integer.MAX_VALUE);

        void await() throws InterruptedException {
            sleepingCount.release();
            lock.release();
            waitSemaphore.acquire();
            wokenCount.release();
            lock.acquire();
        }

        boolean awaitInTime() throws InterruptedException {
            sleepingCount.release();
            lock.release();
            boolean notified = waitSemaphore.tryAcquire();
            wokenCount.release();
            lock.acquire();
            return notified;
        }

        /** Returns how many waiters were woken. */
        int signal(int most) throws InterruptedException {
            Scenario.require(!waitSemaphore.tryAcquire(), "no unit is left of the notification before");
            while (wokenCount.tryAcquire()) {
                Scenario.require(sleepingCount.tryAcquire(), "who has woken has slept before");
            }
            int sleepers = 0;
            while (sleepers < most && sleepingCount.tryAcquire()) {
                waitSemaphore.release();
                sleepers++;
            }
            for (int i = 0; i < sleepers; i++) {
                wokenCount.acquire();
            }
            while (waitSemaphore.tryAcquire()) {
                // A waiter whose time was over did not take its unit.
            }
            return sleepers;
        }

        /** When nobody waits any more, as many have woken as have slept. */
        void requireCountsAreRight() {
            Scenario.require(sleepingCount.value() == wokenCount.value(), "as many have woken as have slept");
            Scenario.require(waitSemaphore.value() == 0, "no unit is left for somebody who is not notified");
            Scenario.require(lock.value() == 1, "the lock is free");
        }
    }

    /** Two threads wait until something is so, the third one makes it so. */
    private abstract static class TwoWaiters extends Scenario {
        final Condition condition = new Condition();
        int sleeping;
        int woken;
        boolean done;

        TwoWaiters() {
            super(3);
        }

        final void sleepUnlessDone() throws InterruptedException {
            condition.lock.acquire();
            if (!done) {
                sleeping++;
                condition.await();
                woken++;
            }
            condition.lock.release();
        }

        @Override
        protected void first() throws InterruptedException {
            sleepUnlessDone();
        }

        @Override
        protected void second() throws InterruptedException {
            sleepUnlessDone();
        }

        @Override
        protected void after() {
            condition.requireCountsAreRight();
        }
    }

    @Test
    void aNotificationOfAllWakesAllWhoSleep() {
        Scenario.check(() -> new TwoWaiters() {
            @Override
            protected void third() throws InterruptedException {
                condition.lock.acquire();
                done = true;
                require(condition.signal(Integer.MAX_VALUE) == sleeping, "all who sleep are woken");
                condition.lock.release();
            }
        });
    }

    @Test
    void aNotificationOfOneWakesOne() {
        Scenario.check(() -> new TwoWaiters() {
            @Override
            protected void third() throws InterruptedException {
                condition.lock.acquire();
                done = true;
                require(condition.signal(1) == Math.min(sleeping, 1), "one of those who sleep is woken");
                condition.lock.release();
                condition.lock.acquire();
                require(woken <= 1, "no more than one is woken");
                require(condition.signal(2) == Math.max(sleeping - 1, 0), "the other one sleeps on until it is notified");
                condition.lock.release();
            }
        });
    }

    @Test
    void twoNotificationsByTwoThreadsWakeOneWaiterOnce() {
        Scenario.check(() -> new Scenario(3) {
            private final Condition condition = new Condition();
            private boolean asleep;
            private boolean done;
            private int woken;

            @Override
            protected void first() throws InterruptedException {
                condition.lock.acquire();
                if (!done) {
                    asleep = true;
                    condition.await();
                }
                condition.lock.release();
            }

            private void signal() throws InterruptedException {
                condition.lock.acquire();
                done = true;
                woken += condition.signal(1);
                condition.lock.release();
            }

            @Override
            protected void second() throws InterruptedException {
                signal();
            }

            @Override
            protected void third() throws InterruptedException {
                signal();
            }

            @Override
            protected void after() {
                require(woken == (asleep ? 1 : 0), "who sleeps is woken once");
                condition.requireCountsAreRight();
            }
        });
    }

    @Test
    void aWaiterWhoseTimeIsOverLeavesTheCountsRight() {
        Scenario.check(() -> new Scenario(3) {
            private final Condition condition = new Condition();
            private boolean asleep;
            private boolean done;
            private int notified;

            @Override
            protected void first() throws InterruptedException {
                condition.lock.acquire();
                if (condition.awaitInTime()) {
                    notified++;
                }
                condition.lock.release();
            }

            @Override
            protected void second() throws InterruptedException {
                condition.lock.acquire();
                if (!done) {
                    asleep = true;
                    condition.await();
                    notified++;
                }
                condition.lock.release();
            }

            @Override
            protected void third() throws InterruptedException {
                condition.lock.acquire();
                done = true;
                condition.signal(1);
                condition.lock.release();
                condition.lock.acquire();
                require(notified <= 1, "one notification wakes no more than one");
                // Whoever is left; the first thread may come later, but its time passes.
                condition.signal(2);
                condition.lock.release();
            }

            @Override
            protected void after() throws InterruptedException {
                require(notified >= (asleep ? 1 : 0), "who sleeps without a limit is woken");
                condition.requireCountsAreRight();
                require(condition.signal(1) == 0, "nobody sleeps any more");
                require(condition.sleepingCount.value() == 0, "the counts are back at zero");
            }
        });
    }
}
