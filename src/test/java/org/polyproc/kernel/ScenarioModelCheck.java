package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** The model checker finds the faults that the other checks look for. */
class ScenarioModelCheck {

    @Test
    void anUpdateIsLostWithoutALock() {
        AssertionError e = assertThrows(AssertionError.class, () -> Scenario.check(() -> new Scenario() {
            private int count;

            @Override
            protected void first() {
                count++;
            }

            @Override
            protected void second() {
                count++;
            }

            @Override
            protected void after() {
                require(count == 2, "both threads count");
            }
        }));
        assertTrue(e.getMessage().startsWith("java.lang.AssertionError: both threads count"), e.getMessage());
    }

    @Test
    void aFailureInAThreadIsAFailure() {
        AssertionError e = assertThrows(AssertionError.class, () -> Scenario.check(() -> new Scenario(3) {
            private int value;

            @Override
            protected void first() {
                value = 1;
            }

            @Override
            protected void second() {
                value = 2;
            }

            @Override
            protected void third() {
                require(value == 0, "the third thread comes first");
            }
        }));
        assertTrue(e.getMessage().contains("the third thread comes first"), e.getMessage());
    }

    @Test
    void aWakeUpIsLostIfAThreadLooksBeforeItCanBeFound() {
        AssertionError e = assertThrows(AssertionError.class, () -> Scenario.check(() -> new Scenario() {
            private final Semaphore calls = new Semaphore(0);
            private volatile boolean ready;
            private volatile boolean listens;

            @Override
            protected void first() throws InterruptedException {
                if (!ready) {
                    listens = true;
                    calls.acquire();
                }
            }

            @Override
            protected void second() {
                ready = true;
                if (listens) {
                    calls.release();
                }
            }
        }));
        assertTrue(e.getMessage().startsWith("threads wait for ever"), e.getMessage());
    }
}
