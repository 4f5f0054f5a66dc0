package org.polyproc.kernel.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The addresses at which processes of one kernel listen for channels: the counterpart of the names of {@code AF_UNIX} sockets
 * ({@link UnixSockets} has those that other programs know).
 *
 * <p>Thread-safe.
 */
public final class Exchange {

    /** The longest backlog, Linux's {@code SOMAXCONN}: what waits there may have no other holder. */
    public static final int MAX_BACKLOG = 4096;

    private final Map<String, ChannelListener> listeners = new ConcurrentHashMap<>();
    private final IntSupplier ids;
    private final ChannelBudget budget;

    /**
     * @param ids    gives each new object its number
     * @param budget limits what waits in the channels
     */
    public Exchange(IntSupplier ids, ChannelBudget budget) {
        this.ids = ids;
        this.budget = budget;
    }

    /**
     * Listens at an address until the listener's last holder drops it.
     *
     * @param address the address
     * @param backlog how many channels may wait to be accepted, {@value #MAX_BACKLOG} at most; one more waits in {@link ChannelListener#connect}
     * @return the listener, which nobody holds yet; null if the address is in use
     */
    public ChannelListener listen(String address, int backlog) {
        ChannelListener listener =
                new ChannelListener(ids.getAsInt(), address, Math.clamp(backlog, 0, MAX_BACKLOG), ids, budget, listeners::remove);
        return listeners.putIfAbsent(address, listener) == null ? listener : null;
    }

    /** Returns the listener at an address, or null if there is none. */
    public ChannelListener find(String address) {
        return listeners.get(address);
    }
}
