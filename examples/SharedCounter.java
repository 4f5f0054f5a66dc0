import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.PythonCallback;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;
import org.polyproc.SharedBarrier;
import org.polyproc.SharedValue;

/**
 * Counts a number up from Java and from two Python processes at the same time. Java makes the number and the barrier at which all
 * three begin, and passes them to a Python function, together with a function of Java's that Python calls.
 */
public class SharedCounter {

    private static final int STEPS = 1000;

    public static void main(String[] args) throws Exception {
        String folder = Path.of(args.length > 0 ? args[0] : "examples").toAbsolutePath().toString();

        try (PythonHost host = PythonHost.builder()
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL)
                        .option("python.PythonPath", folder))
                .build()) {

            SharedValue number = host.value('i');          // a multiprocessing.Value
            SharedBarrier gate = host.barrier(3);          // a multiprocessing.Barrier
            PythonCallback report = arguments -> {
                System.out.println("Java: " + arguments[0] + " ended with " + arguments[1]);
                return null;
            };
            PythonProgram program = PythonProgram.function("counting", "count_in_two_processes", number, gate, STEPS, report);

            try (PythonProcess process = host.start(program)) {
                gate.await();
                for (int i = 0; i < STEPS; i++) {
                    number.getAndAdd(1);                   // under the lock that Python's get_lock() returns
                }
                process.waitFor();
            }
            System.out.println("Java: number = " + number.getLong());
        }
    }
}
