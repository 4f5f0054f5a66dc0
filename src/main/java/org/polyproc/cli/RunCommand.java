package org.polyproc.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import org.polyproc.PythonHost;
import org.polyproc.PythonProcess;
import org.polyproc.PythonProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code polyproc run}: executes a Python program as {@code python3} does. */
@Command(
        name = "run",
        description = "Runs a Python program as python3 does; its processes are threads of this JVM.",
        customSynopsis = "polyproc run [OPTIONS] (SCRIPT | -m MODULE | -c CODE | -) [ARGS...]")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Mixin
    private ProgramOptions options;

    @Override
    public Integer call() throws InterruptedException {
        PythonProgram program = options.program();
        try (PythonHost host = LauncherHost.builder()
                .in(new FileInputStream(FileDescriptor.in))
                .out(new FileOutputStream(FileDescriptor.out))
                .err(new FileOutputStream(FileDescriptor.err))
                .maxProcesses(options.maxProcesses())
                .debug(main.debug())
                .build();
                PythonProcess process = host.start(program)) {
            // A terminal sends Ctrl-C's signal to every process that it shows, and kill(1) to the one that is named.
            JvmSignals.handle("INT", host::interruptAll);
            JvmSignals.handle("TERM", process::terminate);
            JvmSignals.handle("HUP", process::hangUp);
            return process.waitFor().shellStatus();
        }
    }
}
