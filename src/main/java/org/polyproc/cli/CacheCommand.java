package org.polyproc.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code polyproc cache}: makes the start-up cache, which the launcher otherwise does in the background after a run. */
@Command(
        name = "cache",
        description = "Makes the cache that starts are faster with, now instead of in the background after a run.")
final class CacheCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    // The launcher script has read these two before it started this JVM.
    @Option(names = "--jit", description = "Make the cache of starts with the JIT.")
    private boolean jit;

    @Option(names = "--no-jit", description = "Make the cache of starts without the JIT.")
    private boolean noJit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StartupCache cache = StartupCache.chosen();
        if (cache == null) {
            throw new IOException("there is no start-up cache: it is switched off, or polyproc was not started by its launcher");
        }
        boolean made = cache.make();
        command.commandLine().getOut().println(made
                ? "made " + cache.cache() : "another polyproc is making " + cache.cache());
        return 0;
    }
}
