package org.polyproc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written when a program has ended, and tried before it begins, so that nobody waits for a program in vain. What was
 * in it stays until then.
 *
 * @param path the file
 * @param what what it holds, for messages: {@code timeline}
 */
record OutputFile(Path path, String what) {

    /** Writes the contents. */
    @FunctionalInterface
    interface Contents {
        void write(OutputStream stream) throws IOException;
    }

    /**
     * Names a file that can be written; makes it if it does not exist.
     *
     * @throws IllegalArgumentException if it can't be written
     */
    OutputFile {
        try {
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of a " + what + " must be writable: file=" + path + " (" + reason(e) + ")", e);
        }
    }

    /**
     * Writes the file.
     *
     * @throws IOException if that fails; its message is for the user
     */
    void write(Contents contents) throws IOException {
        try (OutputStream stream = Files.newOutputStream(path)) {
            contents.write(stream);
        } catch (IOException e) {
            throw new IOException("the " + what + " can't be written: file=" + path + " (" + reason(e) + ")", e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "Permission denied";
            case NoSuchFileException missing -> "No such file or directory";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> e.getMessage();
        };
    }
}
