package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * A function of an embedder, as a process that got it sees it. Thread-safe if the function is.
 */
public final class Callback {

    /** What is called: takes and returns what {@code _polyproc.twins} describes. */
    @FunctionalInterface
    public interface Function {
        /** Calls the embedder, in the calling thread. */
        Object call(Value arguments) throws Exception;
    }

    private final VirtualProcess self;
    private final Function function;
    private final java.util.function.Function<Throwable, Object> failure;

    /**
     * @param self     the process
     * @param function what is called
     * @param failure  makes what is returned if that throws
     */
    public Callback(VirtualProcess self, Function function, java.util.function.Function<Throwable, Object> failure) {
        this.self = self;
        this.function = function;
        this.failure = failure;
    }

    /**
     * Calls the embedder.
     *
     * @param arguments the arguments, as {@code _polyproc.twins} describes them
     * @return the result, or the failure, likewise
     * @throws InterruptedException if the process is being cancelled
     */
    @Export
    public Object call(Value arguments) throws InterruptedException {
        try {
            return self.callOut(() -> function.call(arguments));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (InterruptedException e) {
            if (self.isEnding()) {
                throw e;
            }
            return failure.apply(e);
        } catch (Throwable e) {
            return failure.apply(e);
        }
    }
}
