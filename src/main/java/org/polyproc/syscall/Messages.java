package org.polyproc.syscall;

import java.nio.ByteBuffer;
import org.graalvm.polyglot.Value;

/** The framing of messages on a channel, which is that of CPython's {@code multiprocessing.connection}. */
final class Messages {

    /** How many bytes of a framed message are not the message. */
    static final int HEADER_BYTES = Integer.BYTES;

    private Messages() {
    }

    /** Returns a message: the length of a bytes-like object as a big-endian 32-bit number, and its bytes. */
    static byte[] frame(Value payload) {
        if (!payload.hasBufferElements()) {
            throw new IllegalArgumentException("a bytes-like object is required");
        }
        int length = Math.toIntExact(payload.getBufferSize());
        byte[] message = new byte[Math.addExact(HEADER_BYTES, length)];
        ByteBuffer.wrap(message).putInt(length);
        payload.readBuffer(0, message, HEADER_BYTES, length);
        return message;
    }
}
