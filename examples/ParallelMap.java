import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.ExitStatus;
import org.polyproc.PythonCallback;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;

/** Maps a Python function over a list of Java's, in a pool of Python processes. */
public class ParallelMap {

    public static void main(String[] args) throws Exception {
        String folder = Path.of(args.length > 0 ? args[0] : "examples").toAbsolutePath().toString();
        List<Integer> numbers = IntStream.rangeClosed(1, 12).boxed().toList();

        try (PythonHost host = PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL)
                        .option("python.PythonPath", folder))
                .build()) {

            CompletableFuture<Object> result = new CompletableFuture<>();
            PythonCallback done = arguments -> result.complete(arguments[0]);

            try (PythonProcess process = host.start("mapping", "parallel_map", numbers, done)) {
                ExitStatus status = process.waitFor();
                if (!status.isSuccess()) {
                    throw new IllegalStateException("Python failed: " + status.error().orElse("exit code " + status.exitCode()));
                }
            }
            System.out.println("Java: steps of " + numbers);
            System.out.println("Java: are      " + result.join());
        }
    }
}
