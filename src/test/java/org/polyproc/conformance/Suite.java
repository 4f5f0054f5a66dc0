package org.polyproc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests of one module.
 *
 * @param module  the module's full name
 * @param pattern which of its classes belong to the suite, as a shell's pattern
 */
record Suite(String module, String pattern) {

    /**
     * Reads a list of suites: lines with a module and a pattern; those that start with {@code #} are comments.
     *
     * @throws IllegalArgumentException if a line is something else
     */
    static List<Suite> read(Path file) throws IOException {
        List<Suite> suites = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.strip().split("\\s+");
            if (fields.length != 2) {
                throw new IllegalArgumentException(file + ": a suite is a module and a pattern: " + line);
            }
            suites.add(new Suite(fields[0], fields[1]));
        }
        return suites;
    }
}
