package org.polyproc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of the launcher and of the jar that it runs, without sources: a run tests the same build to its end, also if the project
 * is changed or built meanwhile.
 */
final class Installation {

    private Installation() {
    }

    /** Makes the copy. */
    static void make(Layout layout) throws IOException {
        Path from = layout.home().resolve("target");
        Path to = Files.createDirectories(layout.installation().resolve("target"));
        copy(layout.home().resolve("polyproc"), layout.launcher());
        copy(from.resolve("polyproc.jar"), to.resolve("polyproc.jar"));
        for (String name : new String[] {"lib", "jit"}) {
            Path link = to.resolve(name);
            Files.deleteIfExists(link);
            // Libraries are large, and never change in place.
            Files.createSymbolicLink(link, from.resolve(name));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
