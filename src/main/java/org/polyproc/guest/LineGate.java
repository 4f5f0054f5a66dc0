package org.polyproc.guest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A device that many processes write to, line by line: pieces of different processes' lines never end up in one line.
 *
 * <p>What a process writes goes out at once, unfinished lines included, while the current line is its own. A line belongs to
 * the process that began it until it writes the line's end, waits for input or ends. What others write meanwhile is kept and
 * follows then, in order. When more than {@code patience} bytes are kept, the unfinished line is broken instead: on a
 * terminal, where somebody watches, at once.
 *
 * <p>Thread-safe.
 */
final class LineGate {

    /** How much may wait for the end of another process's line before that line is broken, in bytes. */
    static final int DEFAULT_PATIENCE = 64 * 1024;

    /** How long a line is told at most, in bytes; a longer one is told in parts. */
    static final int LONGEST_TOLD = 1 << 20;

    /* How a byte of UTF-8 begins that begins no character. */
    private static final int CONTINUATION_MASK = 0xc0;
    private static final int CONTINUATION = 0x80;

    private final OutputStream device;
    private final int patience;

    /* Guarded by this. */
    private final List<Writer> waiting = new ArrayList<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Object owner;
    private boolean lineOpen;

    /**
     * @param device   where the lines go; written under this gate's lock
     * @param patience how many bytes may wait for the end of another process's line
     */
    LineGate(OutputStream device, int patience) {
        this.device = device;
        this.patience = patience;
    }

    /**
     * Opens a stream to the device for a process.
     *
     * @param process   identifies the process; its streams share its line
     * @param onWritten is called after each write
     * @param onLine    is told each line it completes, without the line's end, or null; see {@link #LONGEST_TOLD}
     */
    Writer open(Object process, Runnable onWritten, Consumer<String> onLine) {
        return new Writer(process, onWritten, onLine);
    }

    /** Gives the current line up, if it is the process's: it waits for input, whose echo ends the line. */
    synchronized void prompt(Object process) throws IOException {
        if (owner == process) {
            owner = null;
            lineOpen = false;
            writeKept();
        }
    }

    private void writeNow(Object process, byte[] bytes, int offset, int count) throws IOException {
        if (lineOpen && owner == null) {
            device.write('\n');
        }
        device.write(bytes, offset, count);
        device.flush();
        lineOpen = bytes[offset + count - 1] != '\n';
        owner = lineOpen ? process : null;
    }

    private void breakLine() throws IOException {
        device.write('\n');
        lineOpen = false;
        owner = null;
        writeKept();
    }

    private void writeKept() throws IOException {
        if (kept.size() > 0) {
            byte[] lines = kept.toByteArray();
            kept.reset();
            writeNow(null, lines, 0, lines.length);
        }
        while (owner == null && !waiting.isEmpty()) {
            waiting.removeFirst().writeUnfinished();
        }
    }

    /** One process's stream to the device. */
    final class Writer extends OutputStream {
        private final Object process;
        private final Runnable onWritten;
        private final Consumer<String> onLine;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

        private Writer(Object process, Runnable onWritten, Consumer<String> onLine) {
            this.process = process;
            this.onWritten = onWritten;
            this.onLine = onLine;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (count == 0) {
                return;
            }
            synchronized (LineGate.this) {
                if (owner == null || owner == process) {
                    if (waiting.remove(this)) {
                        // The line became the process's through its other stream.
                        writeUnfinished();
                    }
                    writeNow(process, bytes, offset, count);
                    if (owner == null) {
                        writeKept();
                    }
                } else {
                    keep(bytes, offset, count);
                }
                if (onLine != null) {
                    tellLines(bytes, offset, count);
                }
            }
            onWritten.run();
        }

        private void keep(byte[] bytes, int offset, int count) throws IOException {
            int end = offset + count;
            while (end > offset && bytes[end - 1] != '\n') {
                end--;
            }
            if (end > offset) {
                unfinished.writeTo(kept);
                unfinished.reset();
                kept.write(bytes, offset, end - offset);
                waiting.remove(this);
            }
            unfinished.write(bytes, end, offset + count - end);
            if (unfinished.size() > 0 && !waiting.contains(this)) {
                waiting.add(this);
            }
            if (kept.size() + unfinished.size() > patience) {
                breakLine();
            }
        }

        private void writeUnfinished() throws IOException {
            byte[] start = unfinished.toByteArray();
            unfinished.reset();
            writeNow(process, start, 0, start.length);
        }

        private void tellLines(byte[] bytes, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                if (bytes[i] == '\n') {
                    tellLine();
                } else {
                    if (line.size() >= LONGEST_TOLD && (bytes[i] & CONTINUATION_MASK) != CONTINUATION) {
                        tellLine();
                    }
                    line.write(bytes[i]);
                }
            }
        }

        private void tellLine() {
            onLine.accept(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }

        /** The process has ended: its line is nobody's any more, and whoever writes next starts a new one. */
        @Override
        public void close() throws IOException {
            synchronized (LineGate.this) {
                if (onLine != null && line.size() > 0) {
                    tellLine();
                }
                if (waiting.remove(this)) {
                    unfinished.write('\n');
                    unfinished.writeTo(kept);
                    unfinished.reset();
                }
                if (owner == process) {
                    owner = null;
                    writeKept();
                }
            }
        }
    }
}
