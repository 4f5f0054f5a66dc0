package org.polyproc.syscall;

import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.List;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.MessageLengthException;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.trace.ProcessWaitEvent;

/**
 * One end of a channel as one process sees it, for {@code multiprocessing.connection}. Thread-safe. What a thread did before
 * {@link #send} is visible to the thread, of any process, that receives the message. A call keeps its object reachable to its own
 * end, so that the end of the channel is not closed under it.
 */
public final class Channel {

    private final VirtualProcess self;
    private final ChannelEnd end;
    private final Hold hold;
    private final Spin spin = new Spin();

    /** Takes over one hold of the process on the end. */
    Channel(VirtualProcess self, ChannelEnd end) {
        this.self = self;
        this.end = end;
        this.hold = Hold.ofFile(this, self.descriptors(), end.id());
    }

    /** Returns the number under which the process holds the end. */
    @Export
    public int handle() {
        return hold.id();
    }

    /**
     * Sends a message, waiting for room if others are waiting to be read.
     *
     * @param payload bytes-like
     * @return 0; -EPIPE if nobody can receive it; -EMSGSIZE if it is longer than all channels may hold; -EINTR if a signal waits
     *         for this process, and nothing was sent; -EBADF if this end does not send
     */
    @Export
    public int send(Value payload) throws InterruptedException {
        return send(payload, false);
    }

    /**
     * Sends the result of the task that this process works on, which is finished with it.
     *
     * @param payload bytes-like
     * @return what {@link #send} returns; unless it is 0, the process still works on the task
     */
    @Export
    public int finishTask(Value payload) throws InterruptedException {
        return send(payload, true);
    }

    private int send(Value payload, boolean finishesTask) throws InterruptedException {
        if (!end.writes()) {
            return -Errno.EBADF;
        }
        ChannelTrace trace = ChannelTrace.send(self, end);
        try {
            byte[] message = Messages.copy(payload, end.maxLength());
            if (!end.writeMessage(message)) {
                if (trace != null) {
                    trace.waits();
                }
                self.await(new WaitReason.Room(end, message.length + Messages.HEADER_BYTES), false, () -> writeAll(message));
            }
            noteSent(message, trace, finishesTask);
            return 0;
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } catch (MessageLengthException e) {
            return -Errno.EMSGSIZE;
        } catch (IOException e) {
            return -Errno.EPIPE;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void noteSent(byte[] message, ChannelTrace trace, boolean finishesTask) {
        if (trace != null) {
            trace.sent(message.length);
        }
        if (finishesTask) {
            self.currentTask().finish();
        }
        self.setUnderWay();
    }

    /** Sends a message if nothing keeps it from being sent; otherwise returns false, and {@link #send} knows what to do. */
    boolean sendAtOnce(Messages.Payload payload, boolean finishesTask) {
        // Nothing is copied for a pipe that is full.
        if (!end.writes() || end.isFullFor((int) Math.min(payload.length() + Messages.HEADER_BYTES, Integer.MAX_VALUE))) {
            return false;
        }
        ChannelTrace trace = ChannelTrace.send(self, end);
        try {
            byte[] message = Messages.copy(payload, end.maxLength());
            if (!end.writeMessage(message)) {
                return false;
            }
            noteSent(message, trace, finishesTask);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            // For who waits.
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Receives a message if one is there or comes in a moment; otherwise returns null, and {@link #receive} knows what to do. */
    byte[] receiveAtOnce(boolean isTask) {
        // A process that is ending takes no further task.
        if (!end.reads() || !spin.glance(end::isReady) || isTask && self.isEndDecided()) {
            return null;
        }
        ChannelTrace trace = ChannelTrace.receive(self, end);
        try {
            byte[] message = end.takeMessage();
            if (message == null) {
                return null;
            }
            if (isTask) {
                self.currentTask().begin(message);
            }
            if (trace != null) {
                trace.received(message);
            }
            return message;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Returns a builtin function that sends a message at once, and returns whether it did, see {@link ChannelPort#sender}; null if there
     * is none.
     */
    @Export
    public Object sender(boolean finishesTask) {
        return QuickCall.ifAccessible(() -> new ChannelPort(this, finishesTask).sender());
    }

    /**
     * Returns a builtin function that receives a message at once, or returns {@code None}, see {@link ChannelPort#receiver}; null if
     * there is none.
     */
    @Export
    public Object receiver(boolean isTask) {
        return QuickCall.ifAccessible(() -> new ChannelPort(this, isTask).receiver());
    }

    private Void writeAll(byte[] message) throws IOException, InterruptedException {
        end.writeMessage(message, self.whereabouts()::granted);
        return null;
    }

    /**
     * Sends a message if there is room.
     *
     * @param payload bytes-like
     * @return 0; -EAGAIN if there is no room; -EPIPE if nobody can receive it, or if there will never be room; -EBADF if this end does
     *         not send
     */
    @Export
    public int sendNow(Value payload) throws InterruptedException {
        if (!end.writes()) {
            return -Errno.EBADF;
        }
        ChannelTrace trace = ChannelTrace.send(self, end);
        try {
            byte[] message = Messages.copy(payload, end.maxLength());
            if (!end.writeMessage(message)) {
                return -Errno.EAGAIN;
            }
            noteSent(message, trace, false);
            return 0;
        } catch (IOException e) {
            return -Errno.EPIPE;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Receives a message, waiting for it.
     *
     * @param max how long it may be, in bytes; a negative number is no limit
     * @return the message, {@link ReadOnlyBytes}; or a number: 0 if none will come, -EMSGSIZE if it is too long, -EIO if the
     *         stream ends within it, -EINTR if a signal waits for this process, -EBADF if this end does not receive
     */
    @Export
    public Object receive(long max) throws InterruptedException {
        return receive(max, false);
    }

    /**
     * Receives a message that is a task, waiting for it. The process works on it from the moment it is taken from the channel until
     * {@link #finishTask}: should it end between, the task is found at it, so no task is lost unnoticed.
     *
     * @return what {@link #receive} returns
     */
    @Export
    public Object receiveTask() throws InterruptedException {
        // It may have been too slow with the last one.
        self.stopIfEnding();
        return receive(-1, true);
    }

    /**
     * Receives a message if one is there.
     *
     * @return what {@link #receive} returns; 0 also if none is there
     */
    @Export
    public Object receiveNow() throws InterruptedException {
        if (!end.reads()) {
            return -Errno.EBADF;
        }
        ChannelTrace trace = ChannelTrace.receive(self, end);
        try {
            byte[] message = end.readMessage(Long.MAX_VALUE, false);
            if (message == null) {
                return 0;
            }
            if (trace != null) {
                trace.received(message);
            }
            return new ReadOnlyBytes(message);
        } catch (IOException e) {
            return 0;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private Object receive(long max, boolean isTask) throws InterruptedException {
        if (!end.reads()) {
            return -Errno.EBADF;
        }
        long limit = max < 0 ? Long.MAX_VALUE : max;
        ChannelTrace trace = ChannelTrace.receive(self, end);
        byte[] message = null;
        try {
            message = end.readMessage(limit, false);
            if (message == null) {
                if (trace != null) {
                    trace.waits();
                }
                message = await(limit);
            }
            if (isTask) {
                // Nothing can end the process between the reading and this: Java code is left only where it waits.
                self.currentTask().begin(message);
            }
            return new ReadOnlyBytes(message);
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } catch (EOFException e) {
            return 0;
        } catch (MessageLengthException e) {
            return -Errno.EMSGSIZE;
        } catch (IOException e) {
            return -Errno.EIO;
        } finally {
            if (trace != null) {
                trace.received(message);
            }
            Reference.reachabilityFence(this);
        }
    }

    private byte[] await(long limit) throws IOException, SignalInterrupt, InterruptedException {
        long begin = System.nanoTime();
        byte[] message = spin.until(end::isReady) ? end.readMessage(limit, false) : null;
        if (message == null) {
            message = self.await(new WaitReason.Message(end), false, () -> end.readMessage(limit, self.whereabouts()::granted));
            spin.learn(System.nanoTime() - begin);
        }
        return message;
    }

    /**
     * Waits until something can be received or the other end is gone.
     *
     * @param seconds how long at most; 0 does not wait, a negative number waits without limit
     * @return 1 if so; 0 when the time is over; -EINTR if a signal waits for this process
     */
    @Export
    public int poll(double seconds) throws InterruptedException {
        if (end.isReady()) {
            return 1;
        }
        if (seconds == 0) {
            return 0;
        }
        ProcessWaitEvent event = ProcessTrace.wait(self, ProcessTrace.SEVERAL);
        try {
            return Syscalls.poll(self, List.of(end), seconds).size();
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } finally {
            ProcessTrace.end(event);
            Reference.reachabilityFence(this);
        }
    }

    /** Gives up this process's hold on the end. Idempotent. */
    @Export
    public void close() {
        hold.close();
    }
}
