package org.polyproc.kernel.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a process executes. The kernel calls {@link #run} once and the other methods from any thread, at any time. */
public interface ProcessBody {

    /**
     * Executes the process on its own thread, from its first instruction to its last.
     *
     * @param self the process
     * @return the exit code, 0 to 255
     */
    int run(VirtualProcess self);

    /**
     * Makes {@link #run} return soon, whatever it is doing; its result no longer counts. May be called before {@code run}
     * and more than once.
     */
    void cancel();

    /**
     * Makes the process's main thread soon look at the signals that wait for it ({@link VirtualProcess#nextSignal}), if it
     * is not in a kernel wait, which the kernel ends itself.
     */
    void wake();

    /** Returns whether the process ends by itself when all others have ended, so that nobody need kill it. */
    default boolean endsLast() {
        return false;
    }

    /**
     * Leaves the body, if it can, by throwing what its program can't catch. Called by a thread of the process whose wait
     * {@link #cancel} has interrupted: a process that is killed executes none of its clean-up code.
     */
    default void leave() {
    }

    /** Returns the innermost line of the program that the calling thread executes, "file:line"; null if that can't be said. */
    default String where() {
        return null;
    }

    /** Returns what the calling thread executes, the innermost function first, each as a line for people. */
    default List<String> stack() {
        return List.of();
    }

    /**
     * Asks another thread of the process for its stack, see {@link #stack}. It answers soon if it executes code of the program, and
     * never while it waits in the kernel or in the operating system.
     */
    default CompletableFuture<List<String>> stackOf(Thread thread) {
        return new CompletableFuture<>();
    }
}
