package org.polyproc.kernel.channel;

import java.io.IOException;

/** Nobody can read what was to be written: POSIX's {@code EPIPE}. */
public final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPipeException() {
        super("Broken pipe");
    }
}
