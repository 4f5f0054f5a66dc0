import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.SharedQueue;

/** Java puts lines of text into a queue, from which Python processes take them; what they count comes back through another one. */
public class ProducerConsumers {

    private static final List<String> LINES = List.of("a rose is a rose is a rose", "a rose is red", "violets are blue");

    public static void main(String[] args) throws Exception {
        String folder = Path.of(args.length > 0 ? args[0] : "examples").toAbsolutePath().toString();

        try (PythonHost host = PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL)
                        .option("python.PythonPath", folder))
                .build()) {

            SharedQueue lines = host.queue(10);            // a multiprocessing.Queue for ten objects: put waits for a place
            SharedQueue counts = host.queue();
            List<PythonProcess> consumers = List.of(
                    host.start("consuming", "count_words", lines, counts),
                    host.start("consuming", "count_words", lines, counts));

            for (int i = 0; i < 100; i++) {
                for (String line : LINES) {
                    lines.put(line);
                }
            }
            Map<String, Long> total = new TreeMap<>();
            for (PythonProcess _ : consumers) {
                lines.put(null);                           // None: there is no more
            }
            for (PythonProcess consumer : consumers) {
                ((Map<?, ?>) counts.take()).forEach((word, count) -> total.merge((String) word, (Long) count, Long::sum));
                consumer.waitFor();
            }
            System.out.println("Java: " + total);
        }
    }
}
