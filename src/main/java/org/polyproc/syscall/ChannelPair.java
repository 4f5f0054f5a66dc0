package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;

/** The two ends of a new channel. Immutable. */
public final class ChannelPair {

    /** The end that reads, at least. */
    @Export
    public final Channel first;

    /** The end that writes, at least. */
    @Export
    public final Channel second;

    ChannelPair(Channel first, Channel second) {
        this.first = first;
        this.second = second;
    }
}
