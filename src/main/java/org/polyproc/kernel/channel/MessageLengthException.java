package org.polyproc.kernel.channel;

import java.io.IOException;

/** A message is longer than its reader allows, or says a length that none can have. */
public final class MessageLengthException extends IOException {
    private static final long serialVersionUID = 1L;

    MessageLengthException() {
        super("bad message length");
    }
}
