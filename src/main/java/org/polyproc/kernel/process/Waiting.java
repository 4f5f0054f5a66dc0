package org.polyproc.kernel.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One wait of one thread, from its beginning to its end. Others may ask the thread where it is meanwhile: it is interrupted, tells
 * its stack and waits on.
 *
 * <p>Thread-safe.
 */
public final class Waiting {

    private final WaitReason reason;
    private final boolean limited;
    private final Thread thread = Thread.currentThread();
    private final String where;

    /* Guarded by this. */
    private CompletableFuture<List<String>> question;
    private boolean over;

    Waiting(WaitReason reason, boolean limited, String where) {
        this.reason = reason;
        this.limited = limited;
        this.where = where;
    }

    /** Returns what the thread waits for. */
    public WaitReason reason() {
        return reason;
    }

    /** Returns whether the wait ends by itself after some time. */
    public boolean isLimited() {
        return limited;
    }

    /** Returns who waits. */
    public Thread thread() {
        return thread;
    }

    /** Returns which line of the program waits, "file:line"; null if nobody needed to know. */
    public String where() {
        return where;
    }

    /** Asks for the thread's stack, innermost frame first; the answer is null if the wait ends before the thread answers. */
    synchronized CompletableFuture<List<String>> ask() {
        if (over) {
            return CompletableFuture.completedFuture(null);
        }
        if (question == null) {
            question = new CompletableFuture<>();
            thread.interrupt();
        }
        return question;
    }

    /** Called by the thread when it was interrupted: takes the question that it was interrupted for, or null. */
    synchronized CompletableFuture<List<String>> takeQuestion() {
        CompletableFuture<List<String>> taken = question;
        question = null;
        return taken;
    }

    /**
     * Ends the wait.
     *
     * @return whether the thread may still be interrupted because of a question, which is of no use any more
     */
    synchronized boolean end() {
        over = true;
        if (question == null) {
            return false;
        }
        question.complete(null);
        question = null;
        return true;
    }
}
