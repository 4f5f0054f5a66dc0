package org.polyproc.trace;

/** Spans in words. Stateless, hence safe for use by several threads. */
final class Phrases {

    private Phrases() {
    }

    /** What a process did; {@code hold} is the hold that a wait waited for, or null if none is known. */
    static String of(Timeline timeline, Span span, Turn hold) {
        return switch (span.kind()) {
            case LOCK_WAIT -> "waits for lock " + span.object()
                    + (hold != null ? ", held by " + hold.lane().name()
                            : span.detail() != 0 ? ", held by " + timeline.name((int) span.detail()) : "");
            case SEMAPHORE_WAIT -> "waits for semaphore " + span.object();
            case HOLD -> "holds lock " + span.object();
            case SLEEP -> "sleeps";
            case START -> "starts";
            case SEND -> "waits for room in channel " + span.object();
            case RECEIVE -> "waits for a message in channel " + span.object();
            case PROCESS_WAIT -> "waits for " + (span.object() == 0 ? "processes" : timeline.name(span.object()));
            case RUN -> "runs";
        };
    }
}
