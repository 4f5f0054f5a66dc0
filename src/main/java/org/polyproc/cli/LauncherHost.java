package org.polyproc.cli;

import java.util.Arrays;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.io.IOAccess;
import org.polyproc.PythonHost;

/**
 * The host of the launcher's programs: with the rights that {@code python3} gives a script on this machine, but none to reach
 * into Java.
 */
final class LauncherHost {

    private LauncherHost() {
    }

    static PythonHost.Builder builder() {
        return PythonHost.builder().context(LauncherHost::context).terminals(terminals());
    }

    private static Context.Builder context() {
        return Context.newBuilder("python")
                .allowExperimentalOptions(true)
                .allowIO(IOAccess.ALL)
                .allowCreateThread(true)
                .allowCreateProcess(true)
                .allowEnvironmentAccess(EnvironmentAccess.INHERIT)
                .allowHostAccess(HostAccess.EXPLICIT)
                .option("python.Executable", System.getProperty("polyproc.launcher", ""));
    }

    /** Returns which of the descriptors 0, 1 and 2 are terminals, which the launcher script finds out. */
    static int[] terminals() {
        return Arrays.stream(System.getProperty("polyproc.terminals", "").split(""))
                .filter(digit -> !digit.isEmpty()).mapToInt(Integer::parseInt).toArray();
    }
}
