package org.polyproc.syscall;

import org.graalvm.polyglot.Value;
import org.polyproc.kernel.channel.MessageLengthException;

/** Messages that Python gives to a channel. */
final class Messages {

    /** How many bytes a message takes in a channel beside its own. */
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

    /** Returns the bytes of a bytes-like object; otherwise as {@link #copy(Payload, long)}. */
    static byte[] copy(Value payload, long maxLength) throws MessageLengthException {
        return copy(new Payload() {
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
     * Returns the bytes of a message.
     *
     * @param maxLength how many there may be
     * @throws MessageLengthException if there are more; they are not copied then
     */
    static byte[] copy(Payload payload, long maxLength) throws MessageLengthException {
        long length = payload.length();
        if (length > Math.min(maxLength, Integer.MAX_VALUE - 64)) {
            throw new MessageLengthException(length, maxLength);
        }
        byte[] message = new byte[(int) length];
        payload.read(message, 0);
        return message;
    }
}
