package org.polyproc.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * CPython's tests, which come from Debian's package of them: as it is installed, or unpacked in the project's target folder,
 * where they are downloaded to if they are missing. Nothing of them is part of the project.
 */
final class CPythonTests {

    private static final String PACKAGE = "libpython3.11-testsuite";
    private static final Path FOLDER = Path.of("usr/lib/python3.11/test");

    private final Layout layout;
    private final Consumer<String> progress;

    /**
     * @param layout   where to put what is made
     * @param progress takes a sentence about what takes long
     */
    CPythonTests(Layout layout, Consumer<String> progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /**
     * Makes Python's package {@code test} in the folder that goes in front of the workers' {@code sys.path}.
     *
     * @throws IOException if the tests can't be obtained; the message says what to do
     */
    void install() throws IOException, InterruptedException {
        Path test = layout.pythonPath().resolve("test");
        Files.createDirectories(test);
        Files.copy(layout.sources().resolve("test_package.py"), test.resolve("__init__.py"),
                StandardCopyOption.REPLACE_EXISTING);
        Path link = test.resolve("cpython");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, folder());
    }

    private Path folder() throws IOException, InterruptedException {
        Path unpacked = layout.target().resolve("cpython");
        for (Path root : List.of(unpacked, Path.of("/"))) {
            // Debian's other packages have a part of the folder.
            if (Files.isRegularFile(root.resolve(FOLDER).resolve("_test_multiprocessing.py"))) {
                return root.resolve(FOLDER);
            }
        }
        unpack(download(), unpacked);
        return unpacked.resolve(FOLDER);
    }

    private Path download() throws IOException, InterruptedException {
        progress.accept("downloading CPython's tests, Debian's package " + PACKAGE + " ...");
        Path folder = Files.createDirectories(layout.target().resolve("download"));
        List<String> command = List.of("apt-get", "-q", "download", PACKAGE);
        try {
            execute(folder, command);
        } catch (IOException e) {
            // The list of packages may be missing, or too old for what the archive has now.
            execute(folder, List.of("apt-get", "-q", "update"));
            execute(folder, command);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb")).findAny()
                    .orElseThrow(() -> new IOException("'" + String.join(" ", command) + "' left no package in " + folder));
        }
    }

    /** Unpacks beside the folder first, so that the folder is there only when it is complete. */
    private static void unpack(Path deb, Path folder) throws IOException, InterruptedException {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        Folders.delete(part);
        execute(deb.getParent(), List.of("dpkg", "-x", deb.getFileName().toString(), part.toString()));
        Files.move(part, folder);
        Folders.delete(deb.getParent());
    }

    private static void execute(Path folder, List<String> command) throws IOException, InterruptedException {
        String advice = "; CPython's tests come from Debian's package " + PACKAGE + ", which can also be installed";
        Process process;
        try {
            process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException(command.getFirst() + " can't be started" + advice, e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("'" + String.join(" ", command) + "' ended with exit status " + status + " ("
                    + output.lines().reduce("", (first, second) -> second) + ")" + advice);
        }
    }
}
