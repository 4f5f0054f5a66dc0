package org.polyproc.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A terminal with a table below the output. Each write takes the table away, adds its bytes where the output had stopped, be it within
 * a line, and puts the table back, all in one write to the device.
 *
 * <p>Thread-safe.
 */
final class StatusTerminal extends OutputStream {

    /* Control sequences of ECMA-48 and of the VT100, which every terminal of today knows. */
    private static final String CLEAR_BELOW = "\033[J";
    private static final String CLEAR_RIGHT = "\033[K";
    private static final String LINE_DOWN = "\033D";
    private static final String LINES_UP = "\033[%dA";
    private static final String SAVE_CURSOR = "\0337";
    private static final String RESTORE_CURSOR = "\0338";

    private final OutputStream device;

    /* Guarded by this. */
    private List<String> table = List.of();
    private boolean closed;

    /** @param device the terminal; nobody else writes to it */
    StatusTerminal(OutputStream device) {
        this.device = device;
    }

    /**
     * Shows a table from now on.
     *
     * @param lines its lines, each shorter than the terminal is wide; they may have control sequences that move nothing
     */
    synchronized void show(List<String> lines) throws IOException {
        if (!closed && !lines.equals(table)) {
            // A longer table is not cleared but written over, which flickers less and leaves a terminal's history alone.
            String before = lines.size() < table.size() ? CLEAR_BELOW : "";
            table = List.copyOf(lines);
            send(before, new byte[0], 0, 0);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        send(table.isEmpty() ? "" : CLEAR_BELOW, bytes, offset, count);
    }

    private void send(String before, byte[] bytes, int offset, int count) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        all.write(bytes, offset, count);
        all.writeBytes(drawing().getBytes(StandardCharsets.UTF_8));
        all.writeTo(device);
        device.flush();
    }

    /** Makes room below the cursor, which scrolls if need be, and writes there without losing the cursor's place. */
    private String drawing() {
        if (table.isEmpty()) {
            return "";
        }
        StringBuilder drawing = new StringBuilder(LINE_DOWN.repeat(table.size()))
                .append(LINES_UP.formatted(table.size())).append(SAVE_CURSOR);
        table.forEach(line -> drawing.append("\r\n").append(line).append(CLEAR_RIGHT));
        return drawing.append(RESTORE_CURSOR).toString();
    }

    @Override
    public void flush() throws IOException {
        device.flush();
    }

    /** Takes the table away for good; what is written afterwards is only output. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        show(List.of());
        closed = true;
    }
}
