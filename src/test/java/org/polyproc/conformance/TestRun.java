package org.polyproc.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Runs classes of tests on several workers: each takes the next class when it has finished one, the classes with many tests
 * first.
 */
final class TestRun {

    /** More failures than these are no bad luck, and are not run once more. */
    static final int MOST_SECOND_RUNS = 20;

    private final List<Runner> runners = new ArrayList<>();
    private final Outputs outputs;
    private final Progress progress;
    private final long start = System.nanoTime();

    /**
     * @param layout    where everything is
     * @param workers   how many workers run at the same time
     * @param timeLimit how long a test or a fixture may take
     * @param progress  is told what has happened
     */
    TestRun(Layout layout, int workers, Duration timeLimit, Progress progress) {
        for (int number = 1; number <= workers; number++) {
            runners.add(new Runner(layout, number, timeLimit));
        }
        outputs = new Outputs(layout.outputs());
        this.progress = progress;
    }

    /**
     * Runs tests.
     *
     * @param shouldPass which tests are run once more, alone, if they fail
     */
    RunResult run(List<Suite> suites, Selection selection, Predicate<TestName> shouldPass)
            throws IOException, InterruptedException {
        try {
            List<TestClass> classes = selection.of(list(suites));
            progress.begin(classes);
            Map<TestClass, ClassResult> results = runAll(classes);
            close();
            runAgain(results, shouldPass);
            return new RunResult(classes.stream().map(results::get).toList(), Duration.ofNanos(System.nanoTime() - start),
                    runners.size(), runners.stream().mapToInt(Runner::starts).sum(),
                    runners.stream().map(Runner::startTime).reduce(Duration.ZERO, Duration::plus));
        } finally {
            close();
        }
    }

    private List<TestClass> list(List<Suite> suites) throws IOException, InterruptedException {
        List<TestClass> classes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Suite suite : suites) {
            for (TestClass tests : runners.getFirst().list(suite)) {
                if (!names.add(tests.name())) {
                    throw new IOException("two suites have a class of the name " + tests.name());
                }
                classes.add(tests);
            }
        }
        return classes;
    }

    private Map<TestClass, ClassResult> runAll(List<TestClass> classes) throws IOException, InterruptedException {
        Map<TestClass, ClassResult> results = new ConcurrentHashMap<>();
        Queue<TestClass> waiting = new ConcurrentLinkedQueue<>(classes.stream()
                .sorted(Comparator.comparingInt((TestClass tests) -> tests.methods().size()).reversed()).toList());
        try (ExecutorService executor = Executors.newFixedThreadPool(runners.size())) {
            List<Future<Void>> futures = new ArrayList<>();
            for (Runner runner : runners) {
                futures.add(executor.submit(() -> {
                    for (TestClass tests = waiting.poll(); tests != null; tests = waiting.poll()) {
                        ClassResult result = runner.run(tests);
                        results.put(tests, result);
                        outputs.write(result);
                        progress.finished(result);
                    }
                    return null;
                }));
            }
            for (Future<Void> future : futures) {
                join(future, waiting);
            }
        }
        return results;
    }

    private static void join(Future<Void> future, Queue<TestClass> waiting) throws IOException, InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            waiting.clear();
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void runAgain(Map<TestClass, ClassResult> results, Predicate<TestName> shouldPass)
            throws IOException, InterruptedException {
        List<TestName> again = results.values().stream()
                .flatMap(result -> result.results().stream())
                .filter(result -> result.outcome() == Outcome.FAIL).map(TestResult::name).filter(shouldPass)
                .sorted().toList();
        if (again.size() > MOST_SECOND_RUNS) {
            progress.say("more than " + MOST_SECOND_RUNS + " tests failed unexpectedly; none is run once more");
            return;
        }
        for (TestName name : again) {
            TestClass tests = results.keySet().stream()
                    .filter(each -> each.name().equals(name.className())).findFirst().orElseThrow();
            ClassResult alone = runners.getFirst().run(tests.with(List.of(name.method())));
            progress.again(alone);
            if (alone.count(Outcome.PASS) == 1) {
                TestResult second = alone.results().getFirst().ofSecondRun();
                results.computeIfPresent(tests, (key, result) -> result.with(second));
            }
        }
    }

    private void close() throws IOException, InterruptedException {
        for (Runner runner : runners) {
            runner.close();
        }
    }
}
