import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.polyproc.ExitStatus;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;

/** Scripts that misbehave, in a host that gives them no rights and sets limits; and one that behaves, after all of them. */
public class Sandbox {

    private static final Map<String, String> SCRIPTS = new LinkedHashMap<>();

    static {
        SCRIPTS.put("reads a file", "open('/etc/passwd')");
        SCRIPTS.put("wants Java", "import java; java.type('java.lang.System').exit(1)");
        SCRIPTS.put("starts too many", """
                import multiprocessing, time
                for _ in range(9):
                    multiprocessing.Process(target=time.sleep, args=(60,), daemon=True).start()
                """);
        SCRIPTS.put("takes all memory", "import multiprocessing; multiprocessing.RawArray('d', 10**9)");
        SCRIPTS.put("never ends", "while True: pass");
        SCRIPTS.put("behaves", "import multiprocessing; multiprocessing.RawArray('d', 10)");
    }

    public static void main(String[] args) throws Exception {
        try (PythonHost host = PythonHost.builder()            // without a context builder, scripts have no rights
                .maxProcesses(4)
                .maxSharedBytes(1 << 20)
                .maxQueuedBytes(1 << 20)
                .preparedProcesses(0)
                .err(OutputStream.nullOutputStream())          // the tracebacks
                .build()) {

            host.run(PythonProgram.code("pass"));              // loads the interpreter, which is not the scripts' time
            for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
                try (PythonProcess process = host.start(PythonProgram.code(script.getValue()))) {
                    if (!process.waitFor(Duration.ofSeconds(20))) {
                        process.kill();
                    }
                    System.out.println(script.getKey() + ": " + describe(process.waitFor()));
                }
            }
        }
    }

    private static String describe(ExitStatus status) {
        if (status.signal().isPresent()) {
            return "ended by signal " + status.signal().getAsInt();
        }
        return status.error().orElse("exit code " + status.exitCode());
    }
}
