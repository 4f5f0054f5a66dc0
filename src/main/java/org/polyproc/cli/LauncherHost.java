package org.polyproc.cli;

import java.util.Arrays;
import java.util.List;
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

    /**
     * Returns a builder of the host.
     *
     * @param options the interpreter's options, some of which a context must know before it starts
     */
    static PythonHost.Builder builder(List<String> options) {
        return PythonHost.builder().context(() -> context(options)).terminals(terminals()).unixSockets(true);
    }

    private static Context.Builder context(List<String> options) {
        return Context.newBuilder("python")
                .allowExperimentalOptions(true)
                .allowIO(IOAccess.ALL)
                .allowCreateThread(true)
                .allowCreateProcess(true)
                .processHandler(new Subprocesses())
                .allowEnvironmentAccess(EnvironmentAccess.INHERIT)
                .allowHostAccess(HostAccess.EXPLICIT)
                .option("python.Executable", System.getProperty("polyproc.launcher", ""))
                .option("python.WarnDefaultEncodingFlag",
                        String.valueOf(options.contains("warn_default_encoding")
                                || !variable("PYTHONWARNDEFAULTENCODING", options).isEmpty()));
    }

    /** Returns an environment variable, or the empty string if there is none or the options say that it does not count. */
    private static String variable(String name, List<String> options) {
        boolean ignored = options.contains("-E") || options.contains("-I");
        return ignored ? "" : System.getenv().getOrDefault(name, "");
    }

    /** Returns which of the descriptors 0, 1 and 2 are terminals, which the launcher script finds out. */
    private static int[] terminals() {
        return Arrays.stream(System.getProperty("polyproc.terminals", "").split(""))
                .filter(digit -> !digit.isEmpty()).mapToInt(Integer::parseInt).toArray();
    }

    /** Returns whether one of the descriptors 0, 1 and 2 is a terminal. */
    static boolean isTerminal(int descriptor) {
        return Arrays.stream(terminals()).anyMatch(terminal -> terminal == descriptor);
    }
}
