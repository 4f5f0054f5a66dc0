package org.polyproc.bench;

import java.io.IOException;

/** A benchmark can't be measured; the message says why in one sentence. */
public final class BenchmarkException extends IOException {
    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        super(message);
    }
}
