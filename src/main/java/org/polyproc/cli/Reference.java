package org.polyproc.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The output that a script is compared with.
 *
 * @param origin     where it comes from, for people
 * @param text       standard output
 * @param exitStatus the exit status that goes with it, or null if it is not known
 */
record Reference(String origin, String text, Integer exitStatus) {

    /** Reads a file that holds the output. */
    static Reference ofFile(Path file) throws IOException {
        return new Reference(file.toString(), Files.readString(file), null);
    }

    /**
     * Runs a program with another interpreter. Its standard error goes to ours.
     *
     * @param python a command or path
     * @param words  the interpreter's command line
     * @param input  what to give it as standard input, or null for nothing
     * @throws IOException if the interpreter can't be started
     */
    static Reference ofRun(String python, List<String> words, Path input) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectInput(input == null ? new File("/dev/null") : input.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("the reference interpreter can't be started: " + python, e);
        }
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Reference(python, text, process.waitFor());
        } finally {
            process.destroy();
        }
    }

    /** Returns the path of a command, or null if PATH has none. */
    static String find(String command) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path path = Path.of(folder, command);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        return null;
    }
}
