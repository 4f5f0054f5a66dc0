package org.polyproc.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A benchmark: a script that {@code driver.py} beside it measures.
 *
 * @param name   its name
 * @param script the script
 */
public record Benchmark(String name, Path script) {

    private static final String ENDING = ".py";
    private static final String DRIVER = "driver" + ENDING;

    /**
     * Returns the benchmarks in a folder, by their names.
     *
     * @throws BenchmarkException if there is no such folder
     */
    public static List<Benchmark> in(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(DRIVER))) {
            throw new BenchmarkException("there are no benchmarks in " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && !file.endsWith(DRIVER)).sorted()
                    .map(file -> new Benchmark(name(file), file)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
