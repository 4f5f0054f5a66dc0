package org.polyproc.kernel;

import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;

/**
 * What two or three threads do at the same time, and what must be true when all of them have ended. {@link #check} runs it under
 * Lincheck's model checker, which switches threads at each access to what they share, also inside {@code java.util.concurrent}, and
 * tries one schedule after the other. A schedule fails if it throws or if its threads wait for ever, and Lincheck prints it.
 *
 * <p>Schedules are chosen without chance and time stands still in them: a wait with a limit ends by a wake-up or never, so a lost
 * wake-up is not hidden by a timeout, and no result depends on the speed of the machine.
 *
 * <p>What threads share are fields of the scenario. Lincheck 3.7 on JDK 25 does not see what they share through lambdas, method
 * references or a {@link Runnable} given to a thread; so threads are subclasses here, and a scenario is made with {@code new}.
 * {@code ScenarioModelCheck} shows that faults are found.
 */
public abstract class Scenario {

    /** How many schedules are tried of each scenario; {@code mvn verify -Dschedules=10000} looks longer. */
    private static final int SCHEDULES = Integer.getInteger("schedules", 100);

    private final Thread first = new First();
    private final Thread second = new Second();
    private final Thread third = new Third();
    private final boolean threeThreads;
    private Throwable failure;

    /** A scenario of two threads. */
    protected Scenario() {
        this(2);
    }

    /**
     * @param threads 2 or 3
     */
    protected Scenario(int threads) {
        if (threads != 2 && threads != 3) {
            throw new IllegalArgumentException("a scenario must have 2 or 3 threads: threads=" + threads);
        }
        this.threeThreads = threads == 3;
    }

    /** What the first thread does. */
    protected abstract void first() throws Exception;

    /** What the second thread does. */
    protected abstract void second() throws Exception;

    /** What the third thread does, if there is one. */
    protected void third() throws Exception {
    }

    /** Looks at the outcome when all threads have ended. */
    protected void after() throws Exception {
    }

    /** Interrupts the first thread. */
    protected final void interruptFirst() {
        first.interrupt();
    }

    /** Fails with a sentence that says what must be true. */
    public static void require(boolean condition, String rule) {
        if (!condition) {
            throw new AssertionError(rule);
        }
    }

    /**
     * Tries schedules of a scenario.
     *
     * @param scenario makes a new one for each schedule: {@code () -> new Scenario() ...}
     * @throws AssertionError if one of them fails
     */
    public static void check(Supplier<Scenario> scenario) {
        try {
            Lincheck.runConcurrentTest(SCHEDULES, new Run(scenario));
        } catch (AssertionError e) {
            String report = e.getMessage();
            throw new AssertionError((report.contains("has hung") ? "threads wait for ever" : rule(report)) + "\n" + report, e);
        }
    }

    private static String rule(String report) {
        return report.lines().filter(line -> line.startsWith(AssertionError.class.getName())).findFirst().orElse("a schedule fails");
    }

    private void run() throws Exception {
        first.start();
        second.start();
        if (threeThreads) {
            third.start();
            third.join();
        }
        first.join();
        second.join();
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
        after();
    }

    private final class First extends Thread {
        @Override
        public void run() {
            try {
                first();
            } catch (Exception | AssertionError e) {
                failure = e;
            }
        }
    }

    private final class Second extends Thread {
        @Override
        public void run() {
            try {
                second();
            } catch (Exception | AssertionError e) {
                failure = e;
            }
        }
    }

    private final class Third extends Thread {
        @Override
        public void run() {
            try {
                third();
            } catch (Exception | AssertionError e) {
                failure = e;
            }
        }
    }

    private static final class Run implements Runnable {
        private final Supplier<Scenario> scenario;

        Run(Supplier<Scenario> scenario) {
            this.scenario = scenario;
        }

        @Override
        public void run() {
            try {
                scenario.get().run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
