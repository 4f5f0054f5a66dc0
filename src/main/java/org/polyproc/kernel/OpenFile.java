package org.polyproc.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An open file on its way from one process to another, whose interpreters have file descriptors of their own. Who takes it first
 * has it; if nobody does, it is closed with its last holder. Thread-safe.
 */
public final class OpenFile extends KernelObject {

    private final AtomicReference<Closeable> file;

    OpenFile(int id, Closeable file) {
        super(id);
        this.file = new AtomicReference<>(file);
    }

    /** Takes the file, which the caller has to close; empty if somebody has taken it. */
    public Optional<Closeable> take() {
        return Optional.ofNullable(file.getAndSet(null));
    }

    @Override
    protected void destroy() {
        take().ifPresent(untaken -> {
            try {
                untaken.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
