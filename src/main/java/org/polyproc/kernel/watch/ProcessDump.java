package org.polyproc.kernel.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.kernel.process.Waiting;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A picture of all processes in words: what each waits for, which locks it holds, what its threads execute. The processes go on
 * meanwhile, so two of them may have been seen at slightly different moments.
 */
public final class ProcessDump {

    /** How long threads have to tell their stacks, in nanoseconds: much longer than it takes them on a busy machine. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ProcessTable table;
    private final Map<VirtualProcess, Map<Thread, CompletableFuture<List<String>>>> stacks = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private ProcessDump(ProcessTable table) {
        this.table = table;
    }

    /**
     * Describes the processes, in lines that end with a newline. Takes up to three seconds if threads are busy outside of Python.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static String of(ProcessTable table) throws InterruptedException {
        return new ProcessDump(table).describe();
    }

    /** Returns what a process's main thread waits for, for people. */
    public static Optional<String> waitsFor(VirtualProcess process, ProcessTable table) {
        return Optional.ofNullable(process.whereabouts().waiting(process.mainThread()))
                .map(waiting -> Words.reason(waiting.reason(), table));
    }

    private String describe() throws InterruptedException {
        List<VirtualProcess> processes = table.list().toList();
        processes.stream().filter(process -> !process.hasEnded()).forEach(this::ask);
        awaitAnswers();
        text.append(processes.size()).append(processes.size() == 1 ? " process\n" : " processes\n");
        processes.forEach(this::describe);
        DeadlockWatch.ringOf(table).ifPresent(text::append);
        return text.toString();
    }

    private void ask(VirtualProcess process) {
        Map<Thread, CompletableFuture<List<String>>> answers = new LinkedHashMap<>();
        answers.put(process.mainThread(), process.whereabouts().stackOf(process.mainThread()));
        for (Thread thread : process.threads()) {
            answers.computeIfAbsent(thread, process.whereabouts()::stackOf);
        }
        stacks.put(process, answers);
    }

    private void awaitAnswers() throws InterruptedException {
        List<CompletableFuture<List<String>>> all = new ArrayList<>();
        stacks.values().forEach(answers -> all.addAll(answers.values()));
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Who has not answered is described without a stack.
        }
    }

    private void describe(VirtualProcess process) {
        text.append('\n').append(Words.process(process)).append(", parent ").append(process.ppid());
        process.exitCode().ifPresentOrElse(
                code -> text.append(": has ended with exit code ").append(code).append('\n'),
                () -> describeLiving(process));
    }

    private void describeLiving(VirtualProcess process) {
        text.append(String.format(Locale.ROOT, ", %.2f s of processor time: ", process.cpuNanos() / 1e9));
        Waiting waiting = process.whereabouts().waiting(process.mainThread());
        text.append(waiting == null ? "runs" : waits(waiting)).append('\n');
        for (KernelSemaphore semaphore : process.descriptors().objects(KernelSemaphore.class)) {
            Thread owner = semaphore.owner();
            if (owner != null && process.owns(owner)) {
                text.append("  holds lock ").append(semaphore.id())
                        .append(semaphore.heldSince() == null ? "" : " since " + semaphore.heldSince()).append('\n');
            }
        }
        stacks.getOrDefault(process, Map.of()).forEach((thread, answer) -> describe(process, thread, answer));
    }

    private void describe(VirtualProcess process, Thread thread, CompletableFuture<List<String>> answer) {
        if (thread == process.mainThread()) {
            text.append("  Main thread (most recent call first):\n");
        } else {
            Waiting waiting = process.whereabouts().waiting(thread);
            text.append("  Thread ").append(thread.getName()).append(waiting == null ? "" : ", " + waits(waiting))
                    .append(" (most recent call first):\n");
        }
        List<String> lines = answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : null;
        if (lines == null) {
            text.append("    no answer: it is busy outside of Python\n");
        } else {
            lines.forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    private String waits(Waiting waiting) {
        if (waiting.reason() instanceof WaitReason.Time) {
            return "sleeps";
        }
        return "waits for " + Words.reason(waiting.reason(), table) + (waiting.isLimited() ? ", for a limited time" : "");
    }
}
