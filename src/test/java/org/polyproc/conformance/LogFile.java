package org.polyproc.conformance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The file that a worker's standard output and error go to. Not thread-safe. */
final class LogFile implements Log {

    /** In bytes; what a test writes beyond it is in the log only. */
    private static final int LONGEST = 1 << 20;

    private final Path path;
    private long mark;

    LogFile(Path path) {
        this.path = path;
    }

    @Override
    public void mark() {
        mark = path.toFile().length();
    }

    @Override
    public String sinceMark() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long count = file.length() - mark;
            byte[] bytes = new byte[(int) Math.min(count, LONGEST)];
            file.seek(mark);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return count > LONGEST ? text + "\n[" + (count - LONGEST) + " more bytes are in " + path + "]\n" : text;
        }
    }
}
