package org.polyproc.kernel.sync;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.Scenario;

/** Semaphores under the model checker. */
class KernelSemaphoreModelCheck {

    private static final int MAX = 2;

    /** What does not wait, for Lincheck to combine. */
    public static final class Operations {
        private final KernelSemaphore semaphore = new KernelSemaphore(1, 1, MAX);

        /** {@link KernelSemaphore#tryAcquire}. */
        @Operation
        public boolean tryAcquire() {
            return semaphore.tryAcquire();
        }

        /** {@link KernelSemaphore#acquire(long)} with no time. */
        @Operation
        public boolean acquireInNoTime() throws InterruptedException {
            return semaphore.acquire(0);
        }

        /** {@link KernelSemaphore#release}. */
        @Operation
        public boolean release() {
            return semaphore.release();
        }

        /** {@link KernelSemaphore#value}. */
        @Operation
        public int value() {
            return semaphore.value();
        }
    }

    /** What a semaphore is when one thread at a time uses it. */
    public static final class Specification {
        private int value = 1;

        /** Takes a unit if there is one. */
        public boolean tryAcquire() {
            if (value == 0) {
                return false;
            }
            value--;
            return true;
        }

        /** As {@link #tryAcquire}. */
        public boolean acquireInNoTime() {
            return tryAcquire();
        }

        /** Gives a unit back if there is room. */
        public boolean release() {
            if (value == MAX) {
                return false;
            }
            value++;
            return true;
        }

        /** Returns the free units. */
        public int value() {
            return value;
        }
    }

    @Test
    void whatDoesNotWaitIsLinearizable() {
        new ModelCheckingOptions().sequentialSpecification(Specification.class).iterations(10).invocationsPerIteration(500)
                .threads(3).actorsBefore(1).actorsPerThread(2).actorsAfter(1).check(Operations.class);
    }

    @Test
    void aLockExcludesAndPassesOnWhatWasWritten() {
        Scenario.check(() -> new Scenario(3) {
            private final KernelSemaphore lock = new KernelSemaphore(1, 1, 1);
            private int count;

            private void increment() throws InterruptedException {
                lock.acquire();
                count++;
                require(lock.release(), "who holds a lock can release it");
            }

            @Override
            protected void first() throws InterruptedException {
                increment();
            }

            @Override
            protected void second() throws InterruptedException {
                increment();
            }

            @Override
            protected void third() throws InterruptedException {
                increment();
            }

            @Override
            protected void after() {
                require(count == 3, "no increment under a lock is lost");
                require(lock.value() == 1, "the lock is free when nobody holds it");
            }
        });
    }

    @Test
    void ofTwoReleasesAtTheBoundOneIsRefused() {
        Scenario.check(() -> new Scenario() {
            private final KernelSemaphore semaphore = new KernelSemaphore(1, 0, 1);
            private boolean firstReleased;
            private boolean secondReleased;

            @Override
            protected void first() {
                firstReleased = semaphore.release();
            }

            @Override
            protected void second() {
                secondReleased = semaphore.release();
            }

            @Override
            protected void after() {
                require(firstReleased != secondReleased, "there is room for one unit");
                require(semaphore.value() == 1, "the bound is kept");
            }
        });
    }

    @Test
    void twoReleasesWakeTwoWaiters() {
        Scenario.check(() -> new Scenario(3) {
            private final KernelSemaphore semaphore = new KernelSemaphore(1, 0, 2);

            @Override
            protected void first() throws InterruptedException {
                semaphore.acquire();
            }

            @Override
            protected void second() throws InterruptedException {
                semaphore.acquire();
            }

            @Override
            protected void third() {
                require(semaphore.release(), "there is room for the first unit");
                require(semaphore.release(), "there is room for the second unit");
            }

            @Override
            protected void after() {
                require(semaphore.value() == 0, "each waiter takes a unit");
            }
        });
    }

    @Test
    void anInterruptedWaiterTakesNoUnitFromAnother() {
        Scenario.check(() -> new Scenario(3) {
            private final KernelSemaphore semaphore = new KernelSemaphore(1, 0, 1);

            @Override
            protected void first() {
                try {
                    semaphore.acquire();
                    semaphore.release();
                } catch (InterruptedException e) {
                    // No unit was taken: the second thread gets it.
                }
            }

            @Override
            protected void second() throws InterruptedException {
                semaphore.acquire();
            }

            @Override
            protected void third() {
                interruptFirst();
                semaphore.release();
            }

            @Override
            protected void after() {
                require(semaphore.value() == 0, "the second thread takes the unit");
            }
        });
    }

    @Test
    void aWaiterWithALimitIsWokenAsWell() {
        Scenario.check(() -> new Scenario(3) {
            private final KernelSemaphore semaphore = new KernelSemaphore(1, 0, 2);

            @Override
            protected void first() throws InterruptedException {
                require(semaphore.acquire(1_000_000), "a unit comes before the time is over, for time stands still");
            }

            @Override
            protected void second() throws InterruptedException {
                semaphore.acquire();
            }

            @Override
            protected void third() {
                semaphore.release();
                semaphore.release();
            }

            @Override
            protected void after() {
                require(semaphore.value() == 0, "each waiter takes a unit");
            }
        });
    }
}
