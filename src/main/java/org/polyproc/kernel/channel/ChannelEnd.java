package org.polyproc.kernel.channel;

import java.io.IOException;
import org.polyproc.kernel.KernelObject;

/**
 * One end of a channel: reads what the other end wrote, writes what the other end reads, or both; the counterpart of one end of a
 * {@code pipe(2)} or {@code socketpair(2)}. When its last holder drops it, the other end comes to the end of its stream and can
 * write no more.
 *
 * <p>Thread-safe. What a thread did before it wrote is visible to the thread, of any process, that reads it.
 */
public final class ChannelEnd extends KernelObject implements Waitable {

    /** The two ends of one channel. */
    public record Pair(ChannelEnd first, ChannelEnd second) { }

    private final BytePipe in;
    private final BytePipe out;

    private final int channel;
    private ChannelEnd peer;

    private ChannelEnd(int id, int channel, BytePipe in, BytePipe out) {
        super(id);
        this.channel = channel;
        this.in = in;
        this.out = out;
    }

    /**
     * Makes a channel.
     *
     * @param firstId  the number of the first end
     * @param secondId the number of the second end
     * @param duplex   whether both ends read and write; otherwise the first one reads and the second one writes
     * @param budget   limits what waits in the channel, together with others
     */
    public static Pair pair(int firstId, int secondId, boolean duplex, ChannelBudget budget) {
        BytePipe toFirst = new BytePipe(budget);
        BytePipe toSecond = duplex ? new BytePipe(budget) : null;
        ChannelEnd first = new ChannelEnd(firstId, firstId, toFirst, toSecond);
        ChannelEnd second = new ChannelEnd(secondId, firstId, toSecond, toFirst);
        first.peer = second;
        second.peer = first;
        return new Pair(first, second);
    }

    /** Returns the number of the channel, which is that of its first end. */
    public int channel() {
        return channel;
    }

    /** Returns the other end. */
    public ChannelEnd peer() {
        return peer;
    }

    /** Returns how many writes have come that nobody has read yet. */
    public int unread() {
        return in == null ? 0 : in.depth();
    }

    /** Returns whether so many bytes have no room behind those that wait, as far as this channel itself is concerned. */
    public boolean isFullFor(int bytes) {
        return out != null && out.isFullFor(bytes);
    }

    /** Returns whether this end can be read from. */
    public boolean reads() {
        return in != null;
    }

    /** Returns whether this end can be written to. */
    public boolean writes() {
        return out != null;
    }

    /** Returns how long a message can be that this end writes, in bytes. */
    public long maxLength() {
        return required(out, "write").maxLength();
    }

    /**
     * Writes bytes; they stay together. Waits for room unless nothing waits in the channel yet and the budget has some.
     *
     * @param bytes not to be changed afterwards
     * @param wait  whether to wait for room
     * @return false if there is no room
     * @throws BrokenPipeException    if the other end is gone
     * @throws MessageLengthException if they are more than the whole budget
     * @throws IllegalStateException  if this end does not write
     * @throws InterruptedException   if the thread is interrupted while it waits; nothing is written then
     */
    public boolean write(byte[] bytes, boolean wait) throws BrokenPipeException, MessageLengthException, InterruptedException {
        return required(out, "write").write(bytes, wait);
    }

    /**
     * Writes bytes, waiting for room; otherwise as {@link #write(byte[], boolean)}.
     *
     * @param granted is called when there is room, before anybody can read what is written; it must return soon
     */
    public void write(byte[] bytes, Runnable granted) throws BrokenPipeException, MessageLengthException, InterruptedException {
        required(out, "write").write(bytes, granted);
    }

    /**
     * Writes a message if there is room, as CPython's {@code multiprocessing.connection} frames it; otherwise as
     * {@link #write(byte[], boolean)}.
     *
     * @return false if there is no room
     */
    public boolean writeMessage(byte[] message) throws BrokenPipeException, MessageLengthException, InterruptedException {
        return required(out, "write").writeMessage(message, null);
    }

    /**
     * Writes a message, waiting for room; otherwise as {@link #writeMessage(byte[])}.
     *
     * @param granted is called when there is room, before anybody can read what is written; it must return soon
     */
    public void writeMessage(byte[] message, Runnable granted)
            throws BrokenPipeException, MessageLengthException, InterruptedException {
        required(out, "write").writeMessage(message, granted);
    }

    /**
     * Reads what is there.
     *
     * @param max  how many bytes at most, at least 1
     * @param wait whether to wait for the first byte
     * @return the bytes, not to be changed; none at the end of the stream; null if nothing is there
     * @throws IllegalStateException if this end does not read
     */
    public byte[] read(int max, boolean wait) throws InterruptedException {
        return required(in, "read").read(max, wait);
    }

    /**
     * Reads a message, framed as CPython's {@code multiprocessing.connection} does.
     *
     * @param max  how long it may be, in bytes; of a longer one only the length is taken from the stream
     * @param wait whether to wait for it
     * @return the message, not to be changed; null if it is not there yet
     * @throws java.io.EOFException   if no message will come
     * @throws MessageLengthException if it is longer than allowed, or its length makes no sense
     * @throws IOException            if the stream ends within the message
     * @throws IllegalStateException  if this end does not read
     */
    public byte[] readMessage(long max, boolean wait) throws IOException, InterruptedException {
        return required(in, "read").readMessage(max, wait);
    }

    /**
     * Reads a message, waiting for it; otherwise as {@link #readMessage(long, boolean)}.
     *
     * @param granted is called when the message is there, before it is taken out of the channel; it must return soon
     */
    public byte[] readMessage(long max, Runnable granted) throws IOException, InterruptedException {
        return required(in, "read").readMessage(max, granted);
    }

    /**
     * Reads a message if that needs nothing but to take it. Otherwise, if it is not there, too long or broken, nothing happens, and
     * {@link #readMessage} knows what to do.
     *
     * @return the message, or null
     * @throws IllegalStateException if this end does not read
     */
    public byte[] takeMessage() {
        return required(in, "read").takeMessage();
    }

    /** Reads what is there, waiting for the first byte; otherwise as {@link #readMessage(long, Runnable)} and {@link #read}. */
    public byte[] read(int max, Runnable granted) throws InterruptedException {
        return required(in, "read").read(max, granted);
    }

    private static BytePipe required(BytePipe pipe, String operation) {
        if (pipe == null) {
            throw new IllegalStateException("this end of the channel does not " + operation);
        }
        return pipe;
    }

    /** Returns whether a read would not wait: something is there, or the other end is gone. An end that only writes never is. */
    @Override
    public boolean isReady() {
        return in != null && in.isReadable();
    }

    @Override
    public void addListener(Runnable listener) {
        if (in != null) {
            in.listeners().add(listener);
        }
    }

    @Override
    public void removeListener(Runnable listener) {
        if (in != null) {
            in.listeners().remove(listener);
        }
    }

    /** Says that nothing more will be read from this end: the other one can write no more. What waits is thrown away. */
    void closeInput() {
        required(in, "read").closeReader();
    }

    /** Says that nothing more will be written to this end: the other one comes to the end of its stream. */
    void closeOutput() {
        required(out, "write").closeWriter();
    }

    @Override
    protected void destroy() {
        if (in != null) {
            in.closeReader();
        }
        if (out != null) {
            out.closeWriter();
        }
    }
}
