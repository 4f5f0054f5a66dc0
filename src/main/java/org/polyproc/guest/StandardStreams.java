package org.polyproc.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.trace.OutputLineEvent;
import org.polyproc.trace.Trace;

/**
 * Where the processes of a host read and write. Output goes through line gates; standard output and error share one if both
 * are the same device. Input belongs to the processes that Java starts; their children read nothing, as on CPython.
 * Thread-safe.
 */
public final class StandardStreams {

    /** Is told each line that a process completes on standard output. Called by the writing process's thread. */
    @FunctionalInterface
    public interface LineListener {
        /** Takes a line, without its end. */
        void onLine(VirtualProcess process, String line);
    }

    /** How much of a line is recorded, in characters. */
    private static final int MAX_TRACED = 200;

    private final InputStream in;
    private final LineGate out;
    private final LineGate err;
    private final Set<Integer> terminals;
    private final LineListener listener;

    /**
     * @param in        standard input
     * @param out       standard output
     * @param err       standard error; the same object as {@code out} if both are one device
     * @param terminals which of the file descriptors 0, 1 and 2 are terminals
     * @param listener  is told each line of standard output, or null
     */
    public StandardStreams(
            InputStream in, OutputStream out, OutputStream err, Set<Integer> terminals, LineListener listener) {
        this.in = in;
        this.terminals = Set.copyOf(terminals);
        this.listener = listener;
        boolean sameTerminal = terminals.contains(1) && terminals.contains(2);
        this.out = new LineGate(out, patience(1));
        this.err = out == err || sameTerminal ? this.out : new LineGate(err, patience(2));
    }

    private int patience(int descriptor) {
        return terminals.contains(descriptor) ? 0 : LineGate.DEFAULT_PATIENCE;
    }

    /** Opens a process's standard output. */
    OutputStream out(VirtualProcess process) {
        Consumer<String> told = listener == null ? null : line -> listener.onLine(process, line);
        return out.open(process, process::setUnderWay, traced(process, 1, told));
    }

    /** Adds the flight recorder, if it is at work, to who is told each line. */
    private static Consumer<String> traced(VirtualProcess process, int stream, Consumer<String> told) {
        if (!Trace.isOn()) {
            return told;
        }
        Consumer<String> recorder = line -> {
            OutputLineEvent event = new OutputLineEvent();
            if (event.isEnabled()) {
                event.pid = process.pid();
                event.stream = stream;
                event.text = line.length() > MAX_TRACED ? line.substring(0, MAX_TRACED) : line;
                event.commit();
            }
        };
        return told == null ? recorder : told.andThen(recorder);
    }

    /** Opens a process's standard error. */
    OutputStream err(VirtualProcess process) {
        return err.open(process, process::setUnderWay, traced(process, 2, null));
    }

    /** Writes a warning of the kernel's to standard error, as a line of its own. */
    void warn(String text) {
        try (OutputStream line = err.open(this, () -> { }, null)) {
            line.write(("UserWarning: " + text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // There is nowhere else to say it.
        }
    }

    /** Opens the standard input of a process, which is a child or not. */
    InputStream in(VirtualProcess process, boolean child) {
        return child ? InputStream.nullInputStream() : new PromptedInput(process);
    }

    /** Returns whether a file descriptor of a process is a terminal; a child's standard input is none. */
    boolean isTerminal(boolean child, int descriptor) {
        return terminals.contains(descriptor) && !(descriptor == 0 && child);
    }

    /** Standard input, before whose lines the process's own line on the terminal counts as finished. */
    private final class PromptedInput extends InputStream {
        private final VirtualProcess process;

        PromptedInput(VirtualProcess process) {
            this.process = process;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            out.prompt(process);
            return in.read(bytes, offset, count);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
