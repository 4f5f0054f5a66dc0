import java.nio.DoubleBuffer;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.PythonHost;
import org.polyproc.SharedArray;

/** Two Python processes fill an array that Java made; Java reads the same memory through a buffer, without a copy. */
public class SharedArrayView {

    private static final int LENGTH = 1000;

    public static void main(String[] args) throws Exception {
        String folder = Path.of(args.length > 0 ? args[0] : "examples").toAbsolutePath().toString();

        try (PythonHost host = PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL)
                        .option("python.PythonPath", folder))
                .build()) {

            SharedArray squares = host.array('d', LENGTH);     // off-heap, zeroed; in Python a multiprocessing.Array
            DoubleBuffer view = squares.asDoubleBuffer();
            System.out.println("Java: before " + view.get(LENGTH - 1));

            host.start("filling", "fill_in_two_processes", squares).waitFor();

            double sum = 0;
            while (view.hasRemaining()) {
                sum += view.get();
            }
            System.out.println("Java: after " + view.get(LENGTH - 1) + ", sum " + sum);
        }
    }
}
