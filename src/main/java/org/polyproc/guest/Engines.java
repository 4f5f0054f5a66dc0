package org.polyproc.guest;

import com.oracle.truffle.api.Truffle;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Engine;

/**
 * Makes the engines of hosts. Where there is a JIT, they leave more of its time to the program than Truffle's defaults do: its one
 * thread takes seconds for a function of the import system, and all processes of an engine count as callers of the same functions.
 * An option that the application's system properties set ({@code polyglot.engine.…}) is theirs.
 */
public final class Engines {

    /** What Truffle calls a runtime without a JIT, which knows no options of one either. */
    private static final String INTERPRETED = "Interpreted";

    /**
     * Functions that run when something is imported, at each start of a process: they reach the compiler's threshold before the
     * program has begun, are long, and are hardly called again.
     */
    private static final List<String> IMPORT_SYSTEM = List.of("__import__", "_call_with_frames_removed", "_find_and_load", "_find_and_load_unlocked",
            "_find_spec", "_gcd_import", "_get_module_lock", "_handle_fromlist", "_init_module_attrs", "_load_unlocked",
            "_lock_unlock_module", "_path_join", "_verbose_message", "find_spec", "module_from_spec", "namedtuple",
            "spec_from_file_location", "spec_from_loader");

    private static final Map<String, String> JIT_OPTIONS = Map.of(
            "engine.CompileOnly", IMPORT_SYSTEM.stream().map("~<bytecode %s at "::formatted).collect(Collectors.joining(",")),
            // An idle compiler would take what was called a tenth as often, and be busy when something that matters comes.
            "engine.DynamicCompilationThresholdsMinScale", "1");

    private Engines() {
    }

    /** Returns a new engine for Python; who asked for it closes it. */
    public static Engine create() {
        Engine.Builder builder = Engine.newBuilder("python").allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false");
        if (!Truffle.getRuntime().getName().equals(INTERPRETED)) {
            JIT_OPTIONS.forEach((option, value) -> {
                if (System.getProperty("polyglot." + option) == null) {
                    builder.option(option, value);
                }
            });
        }
        return builder.build();
    }

    /** Returns whether an engine compiles what is called often. */
    public static boolean hasJit(Engine engine) {
        return !engine.getImplementationName().equals(INTERPRETED);
    }
}
