package org.polyproc.syscall;

import java.nio.ByteBuffer;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.channel.MessageLengthException;

/** The framing of messages on a channel, which is that of CPython's {@code multiprocessing.connection}. */
final class Messages {

    private Messages() {
    }

    /**
     * Returns a message: the length of a bytes-like object as a big-endian 32-bit number, and its bytes.
     *
     * @param maxLength how long it may be, in bytes
     * @throws MessageLengthException if it is longer; it is not copied then
     */
    static byte[] frame(Value payload, long maxLength) throws MessageLengthException {
        long length = Arguments.length(payload);
        if (length > Math.min(maxLength, Integer.MAX_VALUE - 64)) {
            throw new MessageLengthException(length, maxLength);
        }
        byte[] message = new byte[Integer.BYTES + (int) length];
        ByteBuffer.wrap(message).putInt((int) length);
        Arguments.read(payload, message, Integer.BYTES);
        return message;
    }
}
