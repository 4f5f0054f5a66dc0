import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.PythonHost;
import org.polyproc.SharedQueue;

/**
 * An HTTP endpoint whose answers are computed by a pool of Python processes: {@code /factors?n=360}. Requests go to whichever process
 * is free, through one queue; the answers come back through another, with the number of their request. With a port as its argument the
 * program serves until it is ended; without one it asks itself a few things.
 */
public class HttpService {

    private static final int PROCESSES = 2;

    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final SharedQueue requests;
    private final SharedQueue answers;

    HttpService(PythonHost host) {
        requests = host.queue();
        answers = host.queue();
        for (int i = 0; i < PROCESSES; i++) {
            host.start("serving", "serve", requests, answers);
        }
        Thread.ofPlatform().daemon().name("answers").start(this::takeAnswers);
    }

    private void takeAnswers() {
        try {
            while (true) {
                List<?> answer = (List<?>) answers.take();
                waiting.remove((Long) answer.get(0)).complete((String) answer.get(1));
            }
        } catch (InterruptedException | IllegalStateException e) {
            // The host is closed.
        }
    }

    private String ask(String query) throws InterruptedException, ExecutionException {
        long number = lastRequest.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        requests.put(List.of(number, query));
        return answer.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            byte[] body = ask(query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException | ExecutionException e) {
            exchange.sendResponseHeaders(503, -1);
        }
    }

    public static void main(String[] args) throws Exception {
        String folder = Path.of("examples").toAbsolutePath().toString();
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;

        try (PythonHost host = PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL)
                        .option("python.PythonPath", folder))
                .build()) {
            HttpService service = new HttpService(host);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/factors", service::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            if (args.length > 0) {
                System.out.println("http://localhost:" + server.getAddress().getPort() + "/factors?n=360");
                Thread.currentThread().join();
            }
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (String query : List.of("?n=360", "?n=1000003", "?n=many", "")) {
                    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/factors" + query);
                    String body = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
                    System.out.println("/factors" + query + ": " + body);
                }
            }
            server.stop(0);
        }
    }
}
