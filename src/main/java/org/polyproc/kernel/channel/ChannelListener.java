package org.polyproc.kernel.channel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.polyproc.kernel.KernelObject;

/**
 * Waits at an address for others who want a channel: the counterpart of a listening {@code AF_UNIX} socket. Ready when a channel
 * waits to be accepted.
 *
 * <p>Thread-safe.
 */
public final class ChannelListener extends KernelObject implements Waitable {

    private final String address;
    private final int backlog;
    private final IntSupplier ids;
    private final ChannelBudget budget;
    private final BiConsumer<String, ChannelListener> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Condition accepted = lock.newCondition();
    private final Listeners listeners = new Listeners();

    /* Guarded by the lock. */
    private final ArrayDeque<ChannelEnd> waiting = new ArrayDeque<>();
    private IOException failure;
    private boolean closed;

    ChannelListener(int id, String address, int backlog, IntSupplier ids, ChannelBudget budget,
            BiConsumer<String, ChannelListener> onClose) {
        super(id);
        this.address = address;
        this.backlog = backlog;
        this.ids = ids;
        this.budget = budget;
        this.onClose = onClose;
    }

    /**
     * Asks for a channel; waits while more than the backlog are waiting to be accepted.
     *
     * @return this side's end, which nobody holds yet and which can be written to at once; null if nobody listens any more
     */
    public ChannelEnd connect() throws InterruptedException {
        ChannelEnd.Pair pair = ChannelEnd.pair(ids.getAsInt(), ids.getAsInt(), true, budget);
        lock.lockInterruptibly();
        try {
            while (!closed && waiting.size() > backlog) {
                accepted.await();
            }
            if (closed) {
                return null;
            }
            // Held by this queue until it is accepted.
            pair.second().retain();
            waiting.add(pair.second());
            offered.signal();
        } finally {
            lock.unlock();
        }
        listeners.tell();
        return pair.first();
    }

    /**
     * Accepts a channel.
     *
     * @param wait whether to wait for one
     * @return this side's end, with a hold that the caller drops after it took its own; null if none is there
     * @throws IOException if one could not be had, see {@link #fail}
     */
    public ChannelEnd accept(boolean wait) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (failure != null) {
                    IOException thrown = failure;
                    failure = null;
                    accepted.signalAll();
                    throw thrown;
                }
                if (!wait || closed) {
                    return null;
                }
                offered.await();
            }
            accepted.signal();
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that a channel could not be had. Whoever accepts is told, once; waits for that, so that nobody tries again before.
     */
    void fail(IOException reason) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            failure = reason;
            offered.signal();
        } finally {
            lock.unlock();
        }
        listeners.tell();
        lock.lockInterruptibly();
        try {
            while (failure != null && !closed) {
                accepted.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isReady() {
        lock.lock();
        try {
            return !waiting.isEmpty() || failure != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    protected void destroy() {
        lock.lock();
        try {
            closed = true;
            offered.signalAll();
            accepted.signalAll();
            waiting.forEach(KernelObject::drop);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        onClose.accept(address, this);
    }
}
