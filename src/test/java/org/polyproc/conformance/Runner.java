package org.polyproc.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs classes of tests one after the other, all in the same worker as long as it lives; when a test ends it or hangs, the rest
 * of the class runs in a new one.
 *
 * <p>Not thread-safe.
 */
final class Runner implements AutoCloseable {

    private final Layout layout;
    private final int number;
    private final Duration timeLimit;
    private Worker worker;
    private int starts;
    private Duration startTime = Duration.ZERO;

    /**
     * @param layout    where everything is
     * @param number    the number of the runner and its workers
     * @param timeLimit how long a test or a fixture may take
     */
    Runner(Layout layout, int number, Duration timeLimit) {
        this.layout = layout;
        this.number = number;
        this.timeLimit = timeLimit;
    }

    /** Returns the classes of a suite. */
    List<TestClass> list(Suite suite) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try {
            List<TestClass> classes = new ArrayList<>();
            worker().tell(List.of("list", suite.module(), suite.pattern()));
            for (Message message = hear(); !message.kind().equals("listed"); message = hear()) {
                List<String> fields = message.fields();
                classes.add(new TestClass(suite, fields.getFirst(), fields.subList(1, fields.size())));
            }
            startTime = startTime.plusNanos(System.nanoTime() - start);
            return classes;
        } catch (WorkerLostException e) {
            throw new IOException("the tests of " + suite.module() + " can't be listed (" + e.getMessage() + "); see "
                    + layout.log(number), e);
        }
    }

    private Message hear() throws WorkerLostException, InterruptedException {
        return worker.hear(Worker.START_LIMIT);
    }

    /** Runs tests of a class. */
    ClassResult run(TestClass tests) throws IOException, InterruptedException {
        List<TestResult> results = new ArrayList<>();
        boolean altered = false;
        Duration time = Duration.ZERO;
        for (List<String> left = tests.methods(); !left.isEmpty();) {
            Batch batch = runBatch(tests.with(left));
            results.addAll(batch.results());
            altered |= batch.altered();
            time = time.plus(batch.time());
            left = batch.left();
        }
        return new ClassResult(tests, results, time, altered);
    }

    private Batch runBatch(TestClass tests) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Worker running;
        try {
            running = worker();
        } catch (WorkerLostException e) {
            // Without workers nothing more can be run.
            throw new IOException(e.getMessage(), e);
        }
        Batch batch = new Batch(tests, running.log(), System::nanoTime);
        try {
            running.tell(Stream.concat(
                    Stream.of("run", tests.suite().module(), tests.name()), tests.methods().stream()).toList());
            batch.accept(running.hear(Worker.START_LIMIT));
            startTime = startTime.plusNanos(System.nanoTime() - start);
            while (!batch.ended()) {
                Message message = running.hear(timeLimit);
                batch.accept(message);
                if (message.kind().equals("start")) {
                    running.tell(List.of("go"));
                }
            }
        } catch (WorkerLostException e) {
            batch.lost(e.getMessage());
            close();
        }
        return batch;
    }

    private Worker worker() throws IOException, WorkerLostException {
        if (worker == null) {
            worker = Worker.start(layout, number);
            starts++;
        }
        return worker;
    }

    /** Returns how many workers were started. */
    int starts() {
        return starts;
    }

    /** Returns how long it took to start them and to import the modules of tests. */
    Duration startTime() {
        return startTime;
    }

    /** Ends the worker; the next use of the runner starts another one. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }
}
