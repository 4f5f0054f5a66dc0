package org.polyproc.syscall;

import java.nio.ByteBuffer;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.channel.MessageLengthException;

/** The framing of messages on a channel, which is that of CPython's {@code multiprocessing.connection}. */
final class Messages {

    /** How many bytes of a framed message are not the message. */
    static final int HEADER_BYTES = Integer.BYTES;

    private Messages() {
    }

    /** A bytes-like object of Python's. */
    interface Payload {

        /** Returns how long it is, in bytes. */
        long length();

        /** Copies it to the end of an array, from an index on. */
        void read(byte[] target, int start);
    }

    /** Returns a message: the length of a bytes-like object as a big-endian 32-bit number, and its bytes. See {@link #frame(Payload, long)}. */
    static byte[] frame(Value payload, long maxLength) throws MessageLengthException {
        return frame(new Payload() {
            @Override
            public long length() {
                return Arguments.length(payload);
            }

            @Override
            public void read(byte[] target, int start) {
                Arguments.read(payload, target, start);
            }
        }, maxLength);
    }

    /**
     * Returns a message.
     *
     * @param maxLength how long it may be, in bytes
     * @throws MessageLengthException if it is longer; it is not copied then
     */
    static byte[] frame(Payload payload, long maxLength) throws MessageLengthException {
        long length = payload.length();
        if (length > Math.min(maxLength, Integer.MAX_VALUE - 64)) {
            throw new MessageLengthException(length, maxLength);
        }
        byte[] message = new byte[HEADER_BYTES + (int) length];
        ByteBuffer.wrap(message).putInt((int) length);
        payload.read(message, HEADER_BYTES);
        return message;
    }
}
