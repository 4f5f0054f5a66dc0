package org.polyproc.kernel.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait in the channels of a kernel together. A writer that finds no room waits until a reader of any channel
 * makes some.
 *
 * <p>Writers compete for room; no order is kept among them. In an order, a long message would hold up the short ones behind it,
 * though there is room for them, and one of these may be what the reader waits for that could make room for the long one. So a
 * writer waits only while there is no room for its message.
 *
 * <p>Thread-safe. Room is taken and given back under a pipe's lock; waking a pipe's writers, which takes its lock, is done by who
 * holds none. So no thread ever holds the locks of two pipes.
 */
public final class ChannelBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    /** The pipes that may have writers who wait for room here. */
    private final Set<BytePipe> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param limit how many bytes may wait, not negative
     */
    public ChannelBudget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit on bytes waiting in channels must not be negative: limit=" + limit);
        }
        this.limit = limit;
    }

    /** Returns how many bytes may wait. */
    public long limit() {
        return limit;
    }

    /** Returns how many bytes are waiting that count. */
    public long used() {
        return used.get();
    }

    /** Takes room if it is there. */
    boolean tryTake(long bytes) {
        long before = used.get();
        while (bytes <= limit - before) {
            long seen = used.compareAndExchange(before, before + bytes);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    /** Takes room if it is there; if not, the pipe's writers are woken when somebody gives some back. */
    boolean tryTakeOrWait(long bytes, BytePipe pipe) {
        if (tryTake(bytes)) {
            return true;
        }
        // Whoever gives room back before the pipe can be found has done so before this looks again.
        waiting.add(pipe);
        return tryTake(bytes);
    }

    /** Takes room whether it is there or not. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** Gives room back; {@link #wakeWriters} has to follow. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Wakes those who wait for room. The caller holds no pipe's lock. */
    void wakeWriters() {
        // A pipe is taken out before its writers are woken, so that one which still finds no room can put it in again.
        for (BytePipe pipe : waiting) {
            waiting.remove(pipe);
            pipe.wakeWriters();
        }
    }

    /** Forgets a pipe to which nobody writes any more. */
    void forget(BytePipe pipe) {
        waiting.remove(pipe);
    }
}
