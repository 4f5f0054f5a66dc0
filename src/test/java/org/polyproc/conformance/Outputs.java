package org.polyproc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what tests that fail write, a file for each.
 *
 * @param folder where the files are put
 */
record Outputs(Path folder) {

    /** Writes the files of a class's tests. */
    void write(ClassResult result) throws IOException {
        Files.createDirectories(folder);
        for (TestResult test : result.results()) {
            if (test.outcome() == Outcome.FAIL) {
                Files.writeString(folder.resolve(test.name() + ".txt"),
                        test.text().stripTrailing() + "\n\n-- what was written meanwhile --\n" + test.output());
            }
        }
    }
}
