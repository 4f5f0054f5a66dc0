package org.polyproc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.polyproc.guest.Published;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * A main process that Java started. Thread-safe.
 *
 * <p>When the process has ended, the global variables of its main module that are shared values or arrays can be read by name;
 * {@link #close} frees their memory.
 */
public final class PythonProcess implements AutoCloseable {

    private final VirtualProcess process;
    private final Published published;

    PythonProcess(VirtualProcess process, Published published) {
        this.process = process;
        this.published = published;
    }

    /** Returns the process's number, which {@code os.getpid()} gives in it. */
    public int pid() {
        return process.pid();
    }

    /** Returns a future of the process's end; completing or cancelling it has no effect on the process. */
    public CompletableFuture<ExitStatus> onExit() {
        return process.onExit().thenApply(ExitStatus::new);
    }

    /**
     * Waits for the process's end.
     *
     * @throws InterruptedException if the calling thread is interrupted; the process goes on
     */
    public ExitStatus waitFor() throws InterruptedException {
        return new ExitStatus(process.waitFor(Long.MAX_VALUE).orElseThrow());
    }

    /** Sends SIGINT, which raises {@code KeyboardInterrupt} in the process's main thread unless the program decides otherwise. */
    public void interrupt() {
        process.signal(Signals.SIGINT);
    }

    /** Sends SIGTERM, which ends the process unless the program decides otherwise. */
    public void terminate() {
        process.signal(Signals.SIGTERM);
    }

    /** Sends SIGHUP, which ends the process unless the program decides otherwise. */
    public void hangUp() {
        process.signal(Signals.SIGHUP);
    }

    /** Sends SIGKILL, which ends the process. */
    public void kill() {
        process.signal(Signals.SIGKILL);
    }

    /**
     * Returns a {@code multiprocessing.Value} that was a global variable of the main module when the process ended.
     *
     * @throws IllegalArgumentException if there was none of that name
     */
    public SharedValue value(String name) {
        return new SharedValue(published.get(name, true));
    }

    /**
     * Returns a {@code multiprocessing.Array} that was a global variable of the main module when the process ended.
     *
     * @throws IllegalArgumentException if there was none of that name
     */
    public SharedArray array(String name) {
        return new SharedArray(published.get(name, false));
    }

    /** Kills the process if it lives, waits for its end and frees the memory that it left. Idempotent. */
    @Override
    public void close() {
        kill();
        try {
            process.waitFor(TimeUnit.SECONDS.toNanos(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        published.close();
    }
}
