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
                "GraalPy " + Engine.class.getPackage().getImplementationVersion()
                        + ", Python " + engine.getLanguages().get("python").getVersion(),
                "Java " + Runtime.version(),
            };
        }
    }

    /** Returns polyproc's version, which the jar's manifest has. */
    static String polyproc() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }
}
