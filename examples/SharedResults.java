import java.nio.IntBuffer;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.ExitStatus;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;

/**
 * Runs the tutorial's script, unchanged, and reads from Java what its processes left in shared memory: the number that two of
 * them counted up under a lock, and the array that the third one negated.
 */
public class SharedResults {

    public static void main(String[] args) throws InterruptedException {
        Path script = Path.of(args.length > 0 ? args[0] : "python-scripts/day37_lock_shared_memory.py");

        try (PythonHost host = PythonHost.builder()
                // Every process has the rights of this builder: threads, and files, since the script is one.
                .context(() -> Context.newBuilder("python").allowCreateThread(true).allowIO(IOAccess.ALL))
                .build();
                PythonProcess process = host.start(PythonProgram.script(script))) {

            ExitStatus status = process.waitFor();

            System.out.println("Java: the script ended with " + status.exitCode());
            System.out.println("Java: number = " + process.value("number").getLong());

            IntBuffer arr = process.array("arr").asIntBuffer();
            StringBuilder elements = new StringBuilder();
            while (arr.hasRemaining()) {
                elements.append(' ').append(arr.get());
            }
            System.out.println("Java: arr =" + elements);
        }
    }
}
