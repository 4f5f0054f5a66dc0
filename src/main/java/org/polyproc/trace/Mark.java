package org.polyproc.trace;

import java.util.Objects;

/**
 * Something that a process did at a moment. Immutable, hence safe for use by several threads.
 *
 * @param kind   what it did
 * @param time   when, as in its {@link Timeline}
 * @param object the kernel's number of the segment, semaphore or channel; 0 if there is none
 * @param amount for memory, the offset in bytes; for a semaphore, its value after; for a message, its bytes
 * @param text   the line or the value that was written, empty if there is none
 * @param where  {@code file:line} of the script, empty if unknown
 */
public record Mark(Kind kind, long time, int object, long amount, String text, String where) {

    /** What a process can do at a moment. The order is that of the packed form, which the page reads. */
    public enum Kind {
        /** It wrote a line to its standard output. */
        OUTPUT("printed line"),
        /** It wrote a line to its standard error. */
        ERROR("line on standard error"),
        /** It changed shared memory. */
        WRITE("value changed"),
        /** It took a unit of a semaphore. */
        ACQUIRE("semaphore acquired"),
        /** It gave a unit of a semaphore back. */
        RELEASE("semaphore released"),
        /** It sent a message. */
        SENT("message sent"),
        /** It received a message. */
        RECEIVED("message received");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * What a legend says.
         *
         * @return a few words
         */
        public String label() {
            return label;
        }
    }

    /**
     * Makes a mark.
     *
     * @throws NullPointerException if the kind, the text or the place is null
     */
    public Mark {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(where, "where");
    }
}
