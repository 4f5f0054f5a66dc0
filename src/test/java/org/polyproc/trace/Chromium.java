package org.polyproc.trace;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium and one page in it, driven by the DevTools protocol. What the page complains about is collected. Used by one
 * thread.
 */
final class Chromium implements AutoCloseable {

    private static final String ANNOUNCEMENT = "DevTools listening on ";
    private static final int SECONDS = 120;

    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<?, ?>>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private String session;

    /** Returns the command that starts a Chromium, or null if none is installed. */
    static String command() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).map(Path::toString).findFirst().orElse(null);
    }

    Chromium() throws Exception {
        profile = Files.createTempDirectory("chromium");
        process = new ProcessBuilder(command(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "about:blank").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        socket = client.newWebSocketBuilder().buildAsync(URI.create(address()), new Listener()).get(SECONDS, TimeUnit.SECONDS);
        String target = (String) call("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session = (String) call("Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    private String address() throws IOException {
        BufferedReader err = process.errorReader();
        StringBuilder said = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith(ANNOUNCEMENT)) {
                Thread.ofPlatform().daemon().start(() -> err.lines().forEach(_ -> { }));
                return line.substring(ANNOUNCEMENT.length());
            }
            said.append(line).append('\n');
        }
        throw new IOException("Chromium ended: " + said);
    }

    /** Sends a command and returns its result. */
    Map<?, ?> call(String method, Map<String, ?> parameters) throws Exception {
        int id = lastId.incrementAndGet();
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        StringBuilder text = new StringBuilder();
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        JsonText.write(message, text);
        socket.sendText(text, true).get(SECONDS, TimeUnit.SECONDS);
        Map<?, ?> reply = answer.get(SECONDS, TimeUnit.SECONDS);
        if (reply.containsKey("error")) {
            throw new AssertionError(method + ": " + reply.get("error"));
        }
        return (Map<?, ?>) reply.get("result");
    }

    /** Opens a file in a window of a size, and waits until it is loaded and drawn. */
    void open(Path file, int width, int height, boolean dark) throws Exception {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        call("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        requests.clear();
        loads.clear();
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        if (loads.poll(SECONDS, TimeUnit.SECONDS) == null) {
            throw new AssertionError("the page was not loaded: " + file);
        }
        drawn();
    }

    /** Waits until what was asked for is drawn. */
    void drawn() throws Exception {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /** Returns the value of an expression: a string, double, boolean, list or map. */
    Object evaluate(String expression) throws Exception {
        Map<?, ?> result = call("Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return ((Map<?, ?>) result.get("result")).get("value");
    }

    double number(String expression) throws Exception {
        return (Double) evaluate(expression);
    }

    String text(String expression) throws Exception {
        return String.valueOf(evaluate(expression));
    }

    void mouse(String type, double x, double y, Map<String, ?> more) throws Exception {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("type", type, "x", x, "y", y));
        parameters.putAll(more);
        call("Input.dispatchMouseEvent", parameters);
        drawn();
    }

    void key(String key) throws Exception {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
        drawn();
    }

    void screenshot(Path file) throws Exception {
        String data = (String) call("Page.captureScreenshot", Map.of("format", "png")).get("data");
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Errors and warnings of the console, and exceptions. */
    List<String> complaints() {
        return complaints;
    }

    /** What the page has asked the network or the disk for. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws Exception {
        try {
            session = null;
            call("Browser.close", Map.of());
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly().waitFor();
            socket.abort();
            client.shutdownNow();
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                take((Map<?, ?>) JsonReader.read(text));
            }
            webSocket.request(1);
            return null;
        }

        private void take(Map<?, ?> message) {
            if (message.get("id") instanceof Double id) {
                answers.remove(id.intValue()).complete(message);
                return;
            }
            Map<?, ?> parameters = (Map<?, ?>) message.get("params");
            switch ((String) message.get("method")) {
                case "Page.loadEventFired" -> loads.add("loaded");
                case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(parameters.toString());
                case "Runtime.consoleAPICalled" -> complaints.add(parameters.get("type") + ": " + parameters.get("args"));
                case "Network.requestWillBeSent" -> requests.add((String) ((Map<?, ?>) parameters.get("request")).get("url"));
                default -> {
                    // Nothing that a test asks for.
                }
            }
        }
    }
}
