package org.polyproc.syscall;

import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.Whereabouts.Occasion;
import org.polyproc.trace.ChannelReceiveEvent;
import org.polyproc.trace.ChannelSendEvent;
import org.polyproc.trace.Trace;

/**
 * Tells the flight recorder of messages; an instance is one message, used by the thread that sends or receives it. If nobody records,
 * there is no instance.
 */
final class ChannelTrace {

    private final VirtualProcess self;
    private final ChannelEnd end;
    private final ChannelSendEvent send;
    private final ChannelReceiveEvent receive;
    private boolean waited;
    private String where;

    private ChannelTrace(VirtualProcess self, ChannelEnd end, ChannelSendEvent send, ChannelReceiveEvent receive) {
        this.self = self;
        this.end = end;
        this.send = send;
        this.receive = receive;
    }

    /** Begins to send; returns null if nobody records that. */
    static ChannelTrace send(VirtualProcess self, ChannelEnd end) {
        if (!Trace.isOn()) {
            return null;
        }
        ChannelSendEvent event = new ChannelSendEvent();
        event.begin();
        return event.isEnabled() ? new ChannelTrace(self, end, event, null) : null;
    }

    /** Begins to receive; returns null if nobody records that. */
    static ChannelTrace receive(VirtualProcess self, ChannelEnd end) {
        if (!Trace.isOn()) {
            return null;
        }
        ChannelReceiveEvent event = new ChannelReceiveEvent();
        event.begin();
        return event.isEnabled() ? new ChannelTrace(self, end, null, event) : null;
    }

    /** Says that the thread is about to wait, so there is time to find out where it is. */
    void waits() {
        waited = true;
        where = self.whereabouts().line();
    }

    /** Ends the sending of a message of so many bytes. */
    void sent(long bytes) {
        send.pid = self.pid();
        send.channel = end.channel();
        send.bytes = bytes;
        send.depth = end.peer().unread();
        send.waited = waited;
        send.where = where();
        send.commit();
    }

    /** Ends the receiving of a message, null if none came. */
    void received(byte[] message) {
        receive.pid = self.pid();
        receive.channel = end.channel();
        receive.bytes = message == null ? -1 : message.length;
        receive.depth = end.unread();
        receive.waited = waited;
        receive.where = where();
        receive.commit();
    }

    private String where() {
        return waited ? where : self.whereabouts().lineIfCheap(Occasion.MESSAGE);
    }
}
