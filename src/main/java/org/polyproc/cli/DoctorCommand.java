package org.polyproc.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.polyproc.ExitStatus;
import org.polyproc.PythonHost;
import org.polyproc.PythonProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code polyproc doctor}: says what it runs on and what is missing. */
@Command(
        name = "doctor",
        description = "Says which JDK is used, whether the JIT is on, which caches exist, and what to do if something is missing.")
final class DoctorCommand implements Callable<Integer> {

    /** Prints the interpreter's version and home and starts a process, the least that every script needs. */
    private static final String TRIAL = """
            import multiprocessing, platform, sys
            print(platform.python_version())
            print(sys.base_prefix)
            child = multiprocessing.Process(target=int)
            child.start()
            child.join()
            sys.exit(child.exitcode)
            """;

    @Spec
    private CommandSpec command;

    private boolean healthy = true;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        out.println("polyproc  " + Versions.polyproc() + ", "
                + System.getProperty("polyproc.home", "not started by the launcher"));
        out.println("JDK       " + Runtime.version() + ", " + System.getProperty("polyproc.jdk", System.getProperty("java.home")));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        long start = System.nanoTime();
        try (PythonHost host = LauncherHost.builder(List.of()).out(output).build()) {
            describeJit(out, host.hasJit());
            ExitStatus status = host.run(PythonProgram.code(TRIAL));
            long millis = (System.nanoTime() - start) / 1_000_000;
            describePython(out, output.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new), status, millis);
        }
        describeStartup(out);
        describeBuild(out);
        describeReference(out);
        out.flush();
        return healthy ? 0 : 1;
    }

    private void describeJit(PrintWriter out, boolean jit) {
        if (jit) {
            out.println("JIT       on: hot Python code is compiled to machine code; --no-jit starts faster");
        } else if ("off".equals(System.getProperty("polyproc.jit"))) {
            out.println("JIT       off, as asked by --no-jit or POLYPROC_JIT; Python code is interpreted");
        } else {
            problem(out, "JIT       off: the compiler in target/jit does not fit this JDK; use JDK 25, "
                    + "or run 'mvn -B package' again");
        }
    }

    private void describePython(PrintWriter out, String[] lines, ExitStatus status, long millis) {
        if (status.isSuccess() && lines.length == 2) {
            out.println("Python    " + lines[0] + " (GraalPy); a script and its child process took " + millis + " ms");
            out.println("cache     the Python home is unpacked: " + lines[1]);
        } else {
            problem(out, "Python    does not start (exit status " + status.shellStatus()
                    + "); run 'polyproc --debug run -c 1' to see why");
        }
    }

    private static void describeStartup(PrintWriter out) {
        StartupCache cache = StartupCache.chosen();
        if (cache == null) {
            out.println("start-up  no cache: switched off by POLYPROC_CACHE, or not started by the launcher");
        } else if (StartupCache.isUsed()) {
            out.println("start-up  from the cache " + cache.cache());
        } else {
            out.println("start-up  without a cache that fits; one is made after the next run, or by 'polyproc cache'");
        }
    }

    private void describeBuild(PrintWriter out) {
        Path jar = Path.of(System.getProperty("polyproc.home", "."), "target", "polyproc.jar");
        if (Files.exists(jar)) {
            out.println("build     up to date: " + jar);
        } else {
            problem(out, "build     missing: " + jar + "; run 'mvn -B package'");
        }
    }

    private void describeReference(PrintWriter out) {
        String python = Reference.find("python3");
        out.println(python == null
                ? "python3   not found; 'compare --python python3' needs one, nothing else does"
                : "python3   " + python + ", for 'compare --python python3'");
    }

    private void problem(PrintWriter out, String text) {
        healthy = false;
        out.println(text);
    }
}
