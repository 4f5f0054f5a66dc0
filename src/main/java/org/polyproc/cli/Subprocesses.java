package org.polyproc.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.io.ProcessHandler;

/**
 * Starts what scripts start with {@code subprocess}. Differs from the polyglot API's own handler in that what a terminated
 * process had written can still be read, as on POSIX: {@link Process#destroy} closes its pipes, {@link ProcessHandle#destroy}
 * does not. Thread-safe.
 */
final class Subprocesses implements ProcessHandler {

    @Override
    public Process start(ProcessCommand command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.getCommand())
                .redirectErrorStream(command.isRedirectErrorStream())
                .redirectInput(redirect(command.getInputRedirect()))
                .redirectOutput(redirect(command.getOutputRedirect()))
                .redirectError(redirect(command.getErrorRedirect()));
        if (command.getDirectory() != null) {
            builder.directory(new File(command.getDirectory()));
        }
        builder.environment().clear();
        builder.environment().putAll(command.getEnvironment());
        return new PipesLast(builder.start());
    }

    private static ProcessBuilder.Redirect redirect(Redirect redirect) {
        return redirect.equals(Redirect.INHERIT) ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE;
    }

    /** A process whose pipes outlast it. */
    private static final class PipesLast extends Process {
        private final Process process;

        PipesLast(Process process) {
            this.process = process;
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return process.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return process.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return process.waitFor(timeout, unit);
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.toHandle().destroy();
        }

        @Override
        public Process destroyForcibly() {
            process.toHandle().destroyForcibly();
            return this;
        }

        @Override
        public boolean supportsNormalTermination() {
            return process.supportsNormalTermination();
        }

        @Override
        public ProcessHandle toHandle() {
            return process.toHandle();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return process.onExit().thenApply(ended -> this);
        }
    }
}
