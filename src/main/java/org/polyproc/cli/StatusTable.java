package org.polyproc.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.polyproc.PythonHost;
import org.polyproc.ProcessStatus;

/** The table of {@code --status}: one line for each process, renewed four times a second. Thread-safe. */
final class StatusTable implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private final StatusTerminal terminal;
    private final Map<Integer, LongAdder> lines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("polyproc-status").factory());

    private volatile int columns = DEFAULT_COLUMNS;
    private volatile int rows = DEFAULT_ROWS;

    StatusTable(StatusTerminal terminal) {
        this.terminal = terminal;
    }

    /** Counts a line that a process has written. */
    void count(int pid) {
        lines.computeIfAbsent(pid, key -> new LongAdder()).increment();
    }

    /** Shows the table of a host from now on. */
    void start(PythonHost host) {
        measure();
        JvmSignals.handle("WINCH", this::measure);
        clock.scheduleAtFixedRate(() -> show(host), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void show(PythonHost host) {
        try {
            terminal.show(layOut(host.status().toList()));
        } catch (IOException e) {
            // The terminal is gone, and the output finds that out by itself.
            clock.shutdown();
        }
    }

    /** Lays the table out: at most a third of the terminal's height. */
    private List<String> layOut(List<ProcessStatus> processes) {
        int most = Math.max(1, rows / 3 - 1);
        int shown = processes.size() <= most ? processes.size() : most - 1;
        List<String> table = new ArrayList<>();
        table.add(DIM + cut(String.format("%8s  %-16s %-6s %8s %7s  %s", "PID", "NAME", "STATE", "CPU s", "LINES", "WAITS FOR")) + PLAIN);
        processes.stream().limit(shown).map(this::line).map(this::cut).forEach(table::add);
        if (shown < processes.size()) {
            table.add(DIM + cut("          and " + (processes.size() - shown) + " more") + PLAIN);
        }
        return table;
    }

    private String line(ProcessStatus process) {
        LongAdder written = lines.get(process.pid());
        return String.format(Locale.ROOT, "%8d  %-16s %-6s %8.2f %7d  %s", process.pid(), printable(process.name(), 16),
                process.state().name().toLowerCase(Locale.ROOT), process.cpuTime().toNanos() / 1e9,
                written == null ? 0 : written.sum(), printable(process.waitsFor(), columns));
    }

    /** A process may have any name, control characters in it too. */
    private static String printable(String text, int length) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > length ? clean.substring(0, length - 1) + "…" : clean;
    }

    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }

    /** Asks the terminal for its size; the JDK can't. */
    private void measure() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
            if (size.length == 2 && Integer.parseInt(size[1]) > 0) {
                rows = Integer.parseInt(size[0]);
                columns = Integer.parseInt(size[1]);
            }
        } catch (IOException | NumberFormatException e) {
            // The size stays what it was.
        }
    }

    /** Takes the table away. Idempotent. */
    @Override
    public void close() throws IOException {
        clock.shutdown();
        terminal.close();
    }
}
