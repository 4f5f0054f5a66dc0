package org.polyproc.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs tests: {@code polyproc run} of the driver, with a connection to it. It serves until it is closed or lost.
 *
 * <p>Not thread-safe.
 */
final class Worker implements AutoCloseable {

    /** In seconds: how long a worker may take to end after it was told to. */
    private static final int GRACE = 15;

    /** How long a worker may take to start, or to import a module of tests; other work on the machine counts as well. */
    static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final Process process;
    private final Path log;
    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    private Worker(Process process, Path log, Socket socket) throws IOException {
        this.process = process;
        this.log = log;
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Starts a worker.
     *
     * @param layout where everything is
     * @param number the worker's number; one that is started after another one is lost takes over its number
     */
    static Worker start(Layout layout, int number) throws IOException, WorkerLostException {
        Path folder = layout.workingDirectory(number);
        Folders.delete(folder);
        Files.createDirectories(folder);
        Path log = layout.log(number);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(Math.toIntExact(START_LIMIT.toMillis()));
            Process process = builder(layout, server.getLocalPort())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process)));
            process.onExit().thenRun(() -> closeQuietly(server));
            try {
                return new Worker(process, log, server.accept());
            } catch (IOException e) {
                kill(process);
                throw new WorkerLostException("a worker does not start; see " + log);
            }
        }
    }

    private static ProcessBuilder builder(Layout layout, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(layout.launcher().toString(), "--debug", "run",
                layout.sources().resolve("worker.py").toString(), String.valueOf(port));
        String path = layout.pythonPath().toString();
        if (path.contains(" ")) {
            throw new IOException("the path of the project must have no space, which JAVA_OPTS can't contain: " + path);
        }
        String options = ("-Dpolyglot.python.PythonPath=" + path + " " + System.getenv().getOrDefault("JAVA_OPTS", "")).strip();
        builder.environment().putIfAbsent("POLYPROC_JIT", "off");
        builder.environment().put("POLYPROC_SUBPROCESS_JAVA_OPTS", options);
        // A worker runs long enough to gain from C2, the processes that tests start with sys.executable do not. CPython's
        // tests ask for full garbage collections all the time; the serial collector is best at these on few cores.
        builder.environment().put("JAVA_OPTS",
                "-XX:TieredStopAtLevel=4 " + (options.contains("GC") ? "" : "-XX:+UseSerialGC ") + options);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static void closeQuietly(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("a server socket can't be closed", e);
        }
    }

    /** Returns what this worker writes. */
    Log log() {
        return new LogFile(log);
    }

    /** Sends a message. */
    void tell(List<String> fields) throws WorkerLostException, InterruptedException {
        try {
            out.write(String.join("\t", fields) + "\n");
            out.flush();
        } catch (IOException e) {
            throw lost();
        }
    }

    /** Waits for the next message, no longer than a time limit. */
    Message hear(Duration timeLimit) throws WorkerLostException, InterruptedException {
        try {
            socket.setSoTimeout(Math.toIntExact(timeLimit.toMillis()));
            String line = in.readLine();
            if (line == null) {
                throw lost();
            }
            return Message.parse(line);
        } catch (SocketTimeoutException e) {
            interrupt();
            throw new WorkerLostException("no end within " + timeLimit.toSeconds() + " s");
        } catch (IOException e) {
            throw lost();
        }
    }

    private WorkerLostException lost() throws InterruptedException {
        if (process.waitFor(GRACE, TimeUnit.SECONDS)) {
            return new WorkerLostException("the JVM ended with exit status " + process.exitValue());
        }
        kill(process);
        return new WorkerLostException("the connection to the JVM broke");
    }

    /** Ends a worker that hangs: as by Ctrl-C, so that its Python processes show where they are, and by force if they don't. */
    private void interrupt() throws InterruptedException {
        command("kill", "-INT", String.valueOf(process.pid()));
        if (!process.waitFor(GRACE, TimeUnit.SECONDS)) {
            command(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    String.valueOf(process.pid()), "Thread.print");
            kill(process);
        }
    }

    /** Executes a command, whose output goes to the log. */
    private void command(String... command) throws InterruptedException {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!started.waitFor(GRACE, TimeUnit.SECONDS)) {
                kill(started);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a command can't be started: " + command[0], e);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the worker, if it has not ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        if (!process.waitFor(GRACE, TimeUnit.SECONDS)) {
            kill(process);
            process.waitFor();
        }
    }
}
