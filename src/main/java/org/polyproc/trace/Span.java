package org.polyproc.trace;

import java.util.Objects;

/**
 * Something that a process did for some time. Times are those of its {@link Timeline}. Immutable, hence safe for use by several
 * threads.
 *
 * @param kind     what it did
 * @param thread   which of its threads: 0 is the main one, the others are numbered as they appear
 * @param begin    when it began
 * @param end      when it ended
 * @param object   the kernel's number of the semaphore or channel, or the pid of the process that is waited for; 0 if there is none
 *                 or if there are several
 * @param detail   for a lock that is waited for, the pid of its holder at the beginning or 0; for a lock that is held, how many
 *                 waited for it at the end; for a channel, the bytes of the message
 * @param complete false if it ended without what it was for: a wait that got nothing, a lock that was never released
 * @param where    {@code file:line} of the script, empty if unknown
 */
public record Span(Kind kind, int thread, long begin, long end, int object, long detail, boolean complete, String where) {

    /** What a process can do for some time. The order is that of the packed form, which the page reads. */
    public enum Kind {
        /** Everything that is nothing else: no span of a lane has this kind. */
        RUN("running"),
        /** Its interpreter is being made. */
        START("starting"),
        /** It waits for a lock that another holds. */
        LOCK_WAIT("waiting for a lock"),
        /** It waits for a semaphore whose value is 0. */
        SEMAPHORE_WAIT("waiting for a semaphore"),
        /** It holds a lock; this is no state, it can do anything meanwhile. */
        HOLD("holding a lock"),
        /** It sleeps. */
        SLEEP("sleeping"),
        /** It waits for room in a queue or pipe. */
        SEND("blocked: queue or pipe is full"),
        /** It waits for a message in a queue or pipe. */
        RECEIVE("blocked: queue or pipe is empty"),
        /** It waits for the end of another process. */
        PROCESS_WAIT("waiting for a process");

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

        /**
         * Whether a thread that is in this state is in no other.
         *
         * @return false for {@link #HOLD}
         */
        public boolean isState() {
            return this != HOLD;
        }

        /** Whether something is waited for that another process has to provide. */
        boolean isWait() {
            return this == LOCK_WAIT || this == SEMAPHORE_WAIT || this == SEND || this == RECEIVE || this == PROCESS_WAIT;
        }
    }

    /**
     * Makes a span.
     *
     * @throws IllegalArgumentException if it ends before it begins
     * @throws NullPointerException     if the kind or the place is null
     */
    public Span {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(where, "where");
        if (end < begin) {
            throw new IllegalArgumentException("a span must not end before it begins: begin=" + begin + " end=" + end);
        }
    }

    /**
     * How long it lasted.
     *
     * @return nanoseconds
     */
    public long length() {
        return end - begin;
    }

    /** Whether it was going on at a time; its last moment does not count. */
    boolean contains(long time) {
        return begin <= time && time < end;
    }
}
