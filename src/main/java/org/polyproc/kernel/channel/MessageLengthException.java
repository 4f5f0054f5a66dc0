package org.polyproc.kernel.channel;

import java.io.IOException;

/** A message is longer than its reader or the kernel allows, or says a length that none can have. */
public final class MessageLengthException extends IOException {
    private static final long serialVersionUID = 1L;

    MessageLengthException() {
        super("bad message length");
    }

    /**
     * @param length how long the message is, in bytes
     * @param limit  how long it may be
     */
    public MessageLengthException(long length, long limit) {
        super("a message must fit into what may wait in channels: length=" + length + ", limit=" + limit);
    }
}
