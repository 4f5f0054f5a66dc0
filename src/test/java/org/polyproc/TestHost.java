package org.polyproc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.compare.OutputLine;

/** One host for all tests of a JVM: its engine is warm from the second test on. Runs one program at a time. */
public final class TestHost {

    /** What a program did. */
    public record Result(ExitStatus status, String out, String err, List<OutputLine> lines) {
        /** Returns standard output's lines. */
        public List<String> outLines() {
            return out.lines().toList();
        }
    }

    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static final List<OutputLine> LINES = Collections.synchronizedList(new ArrayList<>());
    private static final SwitchedInput IN = new SwitchedInput();

    private static final PythonHost HOST = PythonHost.builder()
            .context(TestHost::context)
            .in(IN)
            .out(OUT)
            .err(ERR)
            .unixSockets(true)
            .onLine((pid, process, line) -> LINES.add(new OutputLine(pid, process, line)))
            .build();

    private TestHost() {
    }

    /** Returns a builder of contexts that may read and write files. */
    public static Context.Builder context() {
        return Context.newBuilder("python")
                .allowIO(IOAccess.ALL)
                .allowCreateThread(true)
                .allowEnvironmentAccess(EnvironmentAccess.INHERIT);
    }

    /** Returns the host. */
    public static PythonHost host() {
        return HOST;
    }

    /** Runs a program to its end. */
    public static synchronized Result run(PythonProgram program) throws InterruptedException {
        return run(program, "");
    }

    /** Runs a program to its end, with the given standard input. */
    public static synchronized Result run(PythonProgram program, String input) throws InterruptedException {
        OUT.reset();
        ERR.reset();
        LINES.clear();
        IN.current = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        ExitStatus status = HOST.run(program);
        return new Result(status, OUT.toString(StandardCharsets.UTF_8), ERR.toString(StandardCharsets.UTF_8),
                List.copyOf(LINES));
    }

    /** Runs source text to its end. */
    public static Result code(String text, String... arguments) throws InterruptedException {
        return run(PythonProgram.code(text).withArguments(arguments));
    }

    /** Runs a script of the test resources to its end. */
    public static Result script(String name, String... arguments) throws InterruptedException {
        return run(PythonProgram.script(Path.of("src/test/python").resolve(name)).withArguments(arguments));
    }

    private static final class SwitchedInput extends InputStream {
        private volatile InputStream current = InputStream.nullInputStream();

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            try {
                return current.read(bytes, offset, count);
            } catch (java.io.IOException e) {
                throw new AssertionError("a string never fails to be read", e);
            }
        }
    }
}
