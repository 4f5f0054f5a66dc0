package org.polyproc.guest;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a thread that executes Python call a Python function soon, at its next safepoint: between two instructions, in
 * {@code time.sleep}, in a wait for a {@code threading.Lock}. What the function raises is raised there, so a handler can raise
 * {@code KeyboardInterrupt}.
 *
 * <p>The polyglot API offers nothing of the kind and GraalPy 25.0's {@code _thread.interrupt_main} does nothing, but any
 * instrument may submit actions to threads; so this is one. It instruments no code and costs nothing until it is used.
 *
 * <p>Thread-safe.
 */
public final class GuestInterrupts {

    private final TruffleInstrument.Env env;

    GuestInterrupts(TruffleInstrument.Env env) {
        this.env = env;
    }

    /**
     * Prepares interrupts of the calling thread, in the context that it has entered.
     *
     * @param function a Python expression whose value is the function to call
     * @return what interrupts: callable from any thread, as long as the context lives
     */
    Runnable prepare(String function) {
        TruffleContext context = env.getEnteredContext();
        Thread[] thread = {Thread.currentThread()};
        Object callable = evaluate(function);
        return () -> env.submitThreadLocal(context, thread, new ThreadLocalAction(true, false) {
            @Override
            protected void perform(Access access) {
                call(callable);
            }
        });
    }

    /** Asks the threads of one context for their stacks. Callable from any thread, as long as the context lives. */
    @FunctionalInterface
    interface Stacks {
        /**
         * Asks a thread, see {@link GuestFrames#stack}. It answers at its next safepoint; never, if it does not come to one or has no
         * part in the context.
         */
        CompletableFuture<List<String>> of(Thread thread);
    }

    /** Prepares questions to the threads of the context that the calling thread has entered. */
    Stacks stacks() {
        TruffleContext context = env.getEnteredContext();
        return thread -> {
            CompletableFuture<List<String>> answer = new CompletableFuture<>();
            env.submitThreadLocal(context, new Thread[] {thread}, new ThreadLocalAction(false, false) {
                @Override
                protected void perform(Access access) {
                    answer.complete(GuestFrames.stack());
                }
            });
            return answer;
        };
    }

    private Object evaluate(String expression) {
        try {
            return env.parse(Source.newBuilder("python", expression, "<polyproc interrupt>").internal(true).build()).call();
        } catch (IOException e) {
            throw new AssertionError("a source from a string is never read", e);
        }
    }

    private static void call(Object callable) {
        try {
            InteropLibrary.getUncached().execute(callable);
        } catch (InteropException e) {
            throw new AssertionError("the interrupt must be a function without arguments", e);
        }
    }
}
