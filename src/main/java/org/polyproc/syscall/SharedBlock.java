package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;

/** A segment as one process has mapped it. Immutable. */
public final class SharedBlock {

    private final SharedBuffer buffer;

    SharedBlock(SharedBuffer buffer) {
        this.buffer = buffer;
    }

    /** Returns the number under which the process holds the segment. */
    @Export
    public int handle() {
        return buffer.handle();
    }

    /** Returns what {@code memoryview} takes. The process holds the segment as long as this or a view of it is reachable. */
    @Export
    public Object buffer() {
        return buffer;
    }

    /**
     * Copies bytes into the segment.
     *
     * @param offset where to, in bytes
     * @param bytes  bytes-like
     * @throws IllegalArgumentException if they don't fit
     */
    @Export
    public void write(long offset, Value bytes) {
        long room = buffer.getBufferLength() - offset;
        long length = Arguments.length(bytes);
        if (offset < 0 || length > room) {
            throw new IllegalArgumentException(
                    "bytes must fit into the segment: offset=" + offset + ", length=" + length);
        }
        byte[] copy = Arguments.bytes(bytes);
        buffer.writeFromByteArray((int) offset, copy, 0, (int) Math.min(copy.length, room));
    }
}
