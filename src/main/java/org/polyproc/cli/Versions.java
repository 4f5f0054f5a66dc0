package org.polyproc.cli;

import org.graalvm.polyglot.Engine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        try (Engine engine = Engine.newBuilder("python").allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false").build()) {
            return new String[] {
                "polyproc " + polyproc(),
                "GraalPy " + engine.getVersion() + ", Python " + engine.getLanguages().get("python").getVersion(),
                "Java " + Runtime.version(),
            };
        }
    }

    /** Returns polyproc's version, which the build passes to the launcher. */
    static String polyproc() {
        return System.getProperty("polyproc.version", "(not started by the launcher)");
    }
}
