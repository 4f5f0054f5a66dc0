package org.polyproc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.polyproc.guest.Guests;
import org.polyproc.guest.Published;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.watch.ProcessDump;

/**
 * A process of a host: a main process that Java started, or one that a Python program started; the counterpart of
 * {@link ProcessHandle}. It stays valid when the process has ended. Two are equal if they stand for the same process.
 *
 * <p>When a main process has ended, the global variables of its main module that are shared values or arrays can be read by name;
 * {@link #close} frees their memory.
 *
 * <p>Thread-safe. All that the process did is visible to whoever sees its end.
 */
public final class PythonProcess implements AutoCloseable {

    /** What a process does, at a glance. */
    public enum State {
        /** It executes, or could if a processor were free. */
        RUNNING,
        /** Its main thread waits: for a lock, a message, another process, the end of a sleep, Java. Its other threads may run. */
        WAITING,
        /** It has ended. */
        ENDED
    }

    /** How long {@link #close} waits for the end. */
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final VirtualProcess process;

    PythonProcess(VirtualProcess process) {
        this.process = process;
    }

    /** {@return the process's number, which {@code os.getpid()} gives in it} */
    public int pid() {
        return process.pid();
    }

    /** {@return the process's name: {@code MainProcess}, or what {@code multiprocessing.Process.name} was when it began} */
    public String name() {
        return process.name();
    }

    /** {@return the process that started this one, until it has ended or has waited for this one; a main process has none} */
    public Optional<PythonProcess> parent() {
        return process.parent().map(PythonProcess::new);
    }

    /**
     * {@return the processes that this one started, in the order of their numbers: those that live, and those not yet waited for}
     */
    public Stream<PythonProcess> children() {
        return process.children().stream().map(PythonProcess::new);
    }

    /** {@return what the process does} It may do something else a moment later, unless it has ended. */
    public State state() {
        if (!isAlive()) {
            return State.ENDED;
        }
        return process.isWaiting() ? State.WAITING : State.RUNNING;
    }

    /**
     * {@return what the process's main thread waits for, for people} For example {@code lock 1048580, held by 4711 (Process-1)}. Empty
     * if it waits for nothing, or for something that is not {@code multiprocessing}'s.
     */
    public Optional<String> waitsFor() {
        return ProcessDump.waitsFor(process, process.table());
    }

    /** {@return when the process started} */
    public Instant startTime() {
        return process.startTime();
    }

    /**
     * {@return the processor time that the process's threads have used, those that have ended included} What the JVM's compiler and
     * garbage collector do for a process does not count.
     */
    public Duration cpuTime() {
        return Duration.ofNanos(process.cpuNanos());
    }

    /** {@return whether the process has not ended} */
    public boolean isAlive() {
        return process.exitCode().isEmpty();
    }

    /** {@return how the process ended, or empty while it lives} */
    public Optional<ExitStatus> exitStatus() {
        return process.exitCode().isEmpty() ? Optional.empty() : Optional.of(status(process.exitCode().getAsInt()));
    }

    private ExitStatus status(int exitCode) {
        return new ExitStatus(exitCode, process.error());
    }

    /** {@return a future of the process's end; completing or cancelling it has no effect on the process} */
    public CompletableFuture<ExitStatus> onExit() {
        return process.onExit().thenApply(this::status);
    }

    /**
     * Waits for the process's end.
     *
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the process goes on
     */
    public ExitStatus waitFor() throws InterruptedException {
        return status(process.waitFor(Long.MAX_VALUE).orElseThrow());
    }

    /**
     * Waits for the process's end, for a limited time.
     *
     * @param timeout how long at most; 0 or less does not wait
     * @return whether the process has ended, see {@link #exitStatus}
     * @throws InterruptedException if the calling thread is interrupted; the process goes on
     */
    public boolean waitFor(Duration timeout) throws InterruptedException {
        return process.waitFor(TimeUnit.NANOSECONDS.convert(timeout)).isPresent();
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
     * {@return a {@code multiprocessing.Value} that was a global variable of the main module when the process ended}
     *
     * @param name the variable's name
     * @throws IllegalArgumentException if there was none of that name
     */
    public SharedValue value(String name) {
        return new SharedValue(Published.of(process).get(name, true));
    }

    /**
     * {@return a {@code multiprocessing.Array} that was a global variable of the main module when the process ended}
     *
     * @param name the variable's name
     * @throws IllegalArgumentException if there was none of that name
     */
    public SharedArray array(String name) {
        return new SharedArray(Published.of(process).get(name, false));
    }

    /**
     * Kills the process if it lives, waits for its end and frees the memory that it left; the processes that it started live on.
     * Idempotent.
     *
     * <p>A process that is a context of the application ({@link PythonHost#install}) is not killed: the processes that it started
     * are, and its context has no part in {@code multiprocessing} any more.
     */
    @Override
    public void close() {
        try {
            if (!Guests.uninstall(process, CLOSE_TIMEOUT_NANOS)) {
                kill();
                process.waitFor(CLOSE_TIMEOUT_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Published.of(process).close();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PythonProcess that && that.process == process;
    }

    @Override
    public int hashCode() {
        return process.hashCode();
    }

    /** Returns the process's number and name. */
    @Override
    public String toString() {
        return process.toString();
    }
}
