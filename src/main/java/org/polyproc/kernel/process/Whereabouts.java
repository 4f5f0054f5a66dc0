package org.polyproc.kernel.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the threads of one process are: what they wait for in the kernel, and which line of the program they execute. Whoever wants
 * to know asks while the process goes on; a process that nobody asks about only notes its waits.
 *
 * <p>Thread-safe. What is told of another thread was so a moment ago.
 */
public final class Whereabouts {

    /** How much longer the program is left alone than it took to say where it is. */
    private static final int QUESTION_PAUSE = 4;

    private final ProcessTable table;
    private final ProcessBody body;
    private final Map<Thread, Waiting> waits = new ConcurrentHashMap<>();
    private final AtomicInteger starting = new AtomicInteger();

    /** When the program may be asked again for each occasion, in {@link System#nanoTime}'s time; a race only changes how often. */
    private final long[] nextQuestion = new long[Occasion.values().length];

    /** What a program is asked for its line for. */
    public enum Occasion {
        /** It took a lock. */
        LOCK,
        /** It sent or received a message. */
        MESSAGE,
        /** It wrote to shared memory. */
        WRITE
    }

    Whereabouts(ProcessTable table, ProcessBody body) {
        this.table = table;
        this.body = body;
        Arrays.fill(nextQuestion, System.nanoTime());
    }

    /** Returns whether waits and locks are to note their lines, for somebody who watches. */
    public boolean isWatched() {
        return table.isWatched();
    }

    /**
     * Returns the innermost line of the program's own code that the calling thread executes, "file:line"; null if unknown. Takes up to
     * 0.1 ms.
     */
    public String line() {
        return body.where();
    }

    /**
     * Returns what {@link #line} does, or null: asking takes so long that a program which does the same again and again is asked for
     * a fifth of its time at most.
     */
    public String lineIfCheap(Occasion occasion) {
        long begin = System.nanoTime();
        if (begin - nextQuestion[occasion.ordinal()] < 0) {
            return null;
        }
        String line = body.where();
        long end = System.nanoTime();
        nextQuestion[occasion.ordinal()] = end + (end - begin) * QUESTION_PAUSE;
        return line;
    }

    /** Notes that the calling thread begins to wait, and tells who watches if that may be for ever. */
    Waiting begin(WaitReason reason, boolean limited) {
        boolean watched = !limited && isWatched();
        Waiting waiting = new Waiting(reason, limited, watched ? body.where() : null);
        waits.put(waiting.thread(), waiting);
        if (watched) {
            table.tellWatcher();
        }
        return waiting;
    }

    /**
     * Says that what the calling thread waits for is about to be its own: from now on it does not wait any more. Called within a
     * wait, before anything is taken, so that nobody who sees the wait takes it for one that has nothing to take.
     */
    public void granted() {
        waits.remove(Thread.currentThread());
    }

    /** Notes the end of a wait; returns whether the thread may still be interrupted only to answer. */
    boolean end(Waiting waiting) {
        waits.remove(waiting.thread());
        return waiting.end();
    }

    /** Answers who asked; called by a thread whose wait was interrupted. Returns whether somebody had. */
    boolean answer(Waiting waiting) {
        CompletableFuture<List<String>> question = waiting.takeQuestion();
        return question != null && question.complete(body.stack());
    }

    /** Notes that a thread of the process is about to start, which {@link VirtualProcess#threads} does not have yet. */
    public void threadStarts() {
        starting.incrementAndGet();
    }

    /** Notes that a thread that was about to start has started, and is among the others now, or never will be. */
    public void threadStarted() {
        starting.decrementAndGet();
    }

    /** Returns whether the process may have threads that are not among the others yet. */
    public boolean isThreadStarting() {
        return starting.get() > 0;
    }

    /** Returns what a thread waits for in the kernel; null if it does not. */
    public Waiting waiting(Thread thread) {
        return waits.get(thread);
    }

    /** Returns what the process's threads wait for in the kernel. */
    public List<Waiting> waits() {
        return List.copyOf(waits.values());
    }

    /**
     * Asks a thread for its stack, the innermost function first. A thread that waits in the kernel answers at once, one that
     * executes the program soon, one that waits elsewhere when it comes back, if ever.
     */
    public CompletableFuture<List<String>> stackOf(Thread thread) {
        CompletableFuture<List<String>> answer = body.stackOf(thread);
        Waiting waiting = waits.get(thread);
        if (waiting != null) {
            waiting.ask().thenAccept(stack -> {
                if (stack != null) {
                    answer.complete(stack);
                }
            });
        }
        return answer;
    }
}
