package org.polyproc.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a run of benchmarks depends on.
 *
 * @param machine  the operating system and the processors
 * @param load     how many threads of the whole machine wanted a processor in the last minute, negative if that is not known
 * @param polyproc polyproc's version
 * @param graalpy  GraalPy's version
 * @param jdk      the JDK's version
 * @param jit      whether Python code is compiled to machine code
 * @param other    the other interpreter's name and version
 */
public record Environment(String machine, double load, String polyproc, String graalpy, String jdk, boolean jit, String other) {

    private static final String ASK = "import platform; print(platform.python_implementation(), platform.python_version())";

    /** Returns what the machine is. */
    public static String describeMachine() throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + processors + (processors == 1 ? " processor" : " processors") + model();
    }

    private static String model() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "";
        }
        return Files.readString(file).lines().filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")").orElse("");
    }

    /** Returns the machine's load. */
    public static double currentLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /**
     * Asks an interpreter for its name and version.
     *
     * @throws BenchmarkException if it can't be started, or is none
     */
    public static String ask(Interpreter interpreter) throws IOException, InterruptedException {
        List<String> command = interpreter.command("-c", ASK);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new BenchmarkException("the interpreter to compare with can't be started: " + command.getFirst());
        }
        try {
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0 || answer.isEmpty()) {
                throw new BenchmarkException("what is to be compared with does not behave as a Python 3: "
                        + command.getFirst() + " (exit status " + status + ")");
            }
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    String describeLoad() {
        return load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f before the first round", load);
    }
}
