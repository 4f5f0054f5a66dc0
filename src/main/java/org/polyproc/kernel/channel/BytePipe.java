package org.polyproc.kernel.channel;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a channel: a bounded stream of bytes, as {@code pipe(7)} is. On top of it, messages are framed as CPython's
 * {@code multiprocessing.connection} frames them, so that a reader of bytes and a reader of messages see the same stream:
 *
 * <pre>
 *   +--------------+---------+        +------------+--------------+---------+
 *   | int32 length | payload |   or   | int32 = -1 | int64 length | payload |     big-endian
 *   +--------------+---------+        +------------+--------------+---------+
 * </pre>
 *
 * <p>What one call writes stays together. A writer waits while bytes are waiting that, with its own, exceed the capacity; into an
 * empty pipe anything fits that {@link ChannelBudget} has room for, so a long message needs no reader to be sent.
 *
 * <p>The first {@value #UNCOUNTED} bytes that wait in a pipe are not taken from the budget: whatever the others hold, an
 * empty pipe has room for a short message, as POSIX's {@code PIPE_BUF} promises. Nor has the rest of a message to wait for the
 * budget when a reader has begun with it: one would wait for the other.
 *
 * <p>Thread-safe. What a thread did before it wrote is visible to the thread that reads it.
 */
final class BytePipe {

    /** How many bytes may wait, as in a pipe of Linux. */
    static final int CAPACITY = 64 * 1024;

    /** How many bytes may wait whatever waits in other pipes: {@code PIPE_BUF} of Linux. */
    static final int UNCOUNTED = 4096;

    /** How many bytes must be free before writers that wait for room are woken. */
    private static final int PAGE = 4096;

    static final int HEADER_BYTES = 4;
    private static final int LONG_MESSAGE = -1;

    private static final Runnable NOTHING = () -> { };

    private final ChannelBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition writable = lock.newCondition();
    private final Listeners listeners = new Listeners();

    /* Written with the lock held. */
    private volatile long available;
    private volatile boolean writerGone;

    /* Guarded by the lock. */
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    /** Those of the chunks that are headers of messages, the next chunk being the rest: so that is not copied to get rid of the header. */
    private final ArrayDeque<byte[]> headers = new ArrayDeque<>();
    private int headPosition;
    /** How much of the budget this pipe has taken. */
    private long counted;
    private int wanted;
    private boolean readerGone;

    BytePipe(ChannelBudget budget) {
        this.budget = budget;
    }

    /** Returns whether a read would not wait: there are bytes, or none will come. */
    boolean isReadable() {
        return available > 0 || writerGone;
    }

    /** Returns how long a message can be, in bytes. */
    long maxLength() {
        return Math.max(budget.limit(), UNCOUNTED - HEADER_BYTES);
    }

    Listeners listeners() {
        return listeners;
    }

    /** Returns how many writes have come that nobody has read to the end. */
    int depth() {
        lock.lock();
        try {
            return chunks.size() - headers.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether so many bytes have no room because of those that wait. Not that a reader may want more than usually fits, nor the
     * budget, is looked at.
     */
    boolean isFullFor(int count) {
        long waiting = available;
        return waiting > 0 && waiting + count > CAPACITY;
    }

    /**
     * Writes bytes, all of them or none.
     *
     * @param bytes not to be changed afterwards
     * @param wait  whether to wait for room
     * @return false if there is no room
     * @throws BrokenPipeException    if nobody can read them any more
     * @throws MessageLengthException if there will never be room for them
     * @throws InterruptedException   if the thread is interrupted while it waits; nothing is written then
     */
    boolean write(byte[] bytes, boolean wait) throws BrokenPipeException, MessageLengthException, InterruptedException {
        return write(bytes, wait ? NOTHING : null);
    }

    /**
     * Writes bytes, all of them or none; otherwise as {@link #write(byte[], boolean)}.
     *
     * @param granted null not to wait; else it is called, with the lock held, when there is room and nothing is written yet
     */
    boolean write(byte[] bytes, Runnable granted) throws BrokenPipeException, MessageLengthException, InterruptedException {
        return write(null, bytes, granted);
    }

    /** Writes a message; otherwise as {@link #write(byte[], Runnable)}. */
    boolean writeMessage(byte[] message, Runnable granted)
            throws BrokenPipeException, MessageLengthException, InterruptedException {
        return write(ByteBuffer.allocate(HEADER_BYTES).putInt(message.length).array(), message, granted);
    }

    private boolean write(byte[] header, byte[] bytes, Runnable granted)
            throws BrokenPipeException, MessageLengthException, InterruptedException {
        boolean wait = granted != null;
        int count = bytes.length + (header == null ? 0 : header.length);
        if (count > UNCOUNTED && count - HEADER_BYTES > budget.limit()) {
            throw new MessageLengthException(count - HEADER_BYTES, budget.limit());
        }
        lock.lockInterruptibly();
        try {
            while (!readerGone && !takeRoom(count, wait)) {
                if (!wait) {
                    return false;
                }
                writable.await();
            }
            if (readerGone) {
                throw new BrokenPipeException();
            }
            if (wait) {
                granted.run();
            }
            if (count > 0) {
                add(header, bytes);
                available += count;
                readable.signal();
            }
        } finally {
            unlock();
        }
        listeners.tell();
        return true;
    }

    private void add(byte[] header, byte[] bytes) {
        if (header != null) {
            chunks.add(header);
        }
        if (bytes.length > 0) {
            if (header != null) {
                headers.add(header);
            }
            chunks.add(bytes);
        }
    }

    private boolean takeRoom(int count, boolean wait) {
        long total = available + count;
        if (available > 0 && total > Math.max(CAPACITY, wanted)) {
            return false;
        }
        long more = Math.max(0, total - UNCOUNTED) - counted;
        if (more > 0) {
            if (total <= wanted) {
                budget.take(more);
            } else if (!(wait ? budget.tryTakeOrWait(more, this) : budget.tryTake(more))) {
                return false;
            }
            counted += more;
        }
        return true;
    }

    /** Gives what was taken out of the pipe to the budget, and the lock back; then wakes those for whom that makes room. */
    private void unlock() {
        long less = counted - Math.max(0, available - UNCOUNTED);
        counted -= less;
        if (less > 0) {
            budget.giveBack(less);
        }
        lock.unlock();
        if (less > 0) {
            budget.wakeWriters();
        }
    }

    /** Makes all writers who wait look again. */
    void wakeWriters() {
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads what is there.
     *
     * @param max  how many bytes at most, at least 1
     * @param wait whether to wait for the first byte
     * @return the bytes, not to be changed; none at the end of the stream; null if nothing is there
     */
    byte[] read(int max, boolean wait) throws InterruptedException {
        return read(max, wait ? NOTHING : null);
    }

    /**
     * Reads what is there; otherwise as {@link #read(int, boolean)}.
     *
     * @param granted null not to wait; else it is called, with the lock held, when there is something and it is not taken yet
     */
    byte[] read(int max, Runnable granted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (available == 0 && !writerGone) {
                if (granted == null) {
                    return null;
                }
                readable.await();
            }
            if (granted != null) {
                granted.run();
            }
            byte[] bytes = take((int) Math.min(max, available));
            passOn();
            return bytes;
        } finally {
            unlock();
        }
    }

    /**
     * Reads a message.
     *
     * @param max  how long it may be, in bytes; of a longer one only the length is taken
     * @param wait whether to wait for it
     * @return the message; null if it is not there yet
     * @throws EOFException            if no message will come
     * @throws MessageLengthException  if it is longer than allowed, or its length makes no sense
     * @throws IOException             if the stream ends within the message
     */
    byte[] readMessage(long max, boolean wait) throws IOException, InterruptedException {
        return readMessage(max, wait ? NOTHING : null);
    }

    /**
     * Reads a message; otherwise as {@link #readMessage(long, boolean)}.
     *
     * @param granted null not to wait; else it is called, with the lock held, when the message is there and not taken yet
     */
    byte[] readMessage(long max, Runnable granted) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            for (;;) {
                byte[] message = messageIfComplete(max, granted == null ? NOTHING : granted);
                if (message != null) {
                    passOn();
                    return message;
                }
                if (writerGone) {
                    if (available == 0) {
                        throw new EOFException();
                    }
                    clear();
                    throw new IOException("got end of file during message");
                }
                if (granted == null) {
                    return null;
                }
                readable.await();
            }
        } finally {
            unlock();
        }
    }

    /**
     * Reads a message if that needs nothing but to take it. Otherwise, if it is not there, too long or broken, nothing happens, and
     * {@link #readMessage} knows what to do.
     *
     * @return the message, or null
     */
    byte[] takeMessage() {
        lock.lock();
        try {
            if (available < HEADER_BYTES) {
                return null;
            }
            long length = (int) peek(0, HEADER_BYTES);
            if (length < 0 || length > available - HEADER_BYTES || length > maxLength()) {
                return null;
            }
            take(HEADER_BYTES);
            byte[] message = take((int) length);
            wanted = 0;
            passOn();
            return message;
        } finally {
            unlock();
        }
    }

    private byte[] messageIfComplete(long max, Runnable granted) throws MessageLengthException {
        if (available < HEADER_BYTES) {
            return null;
        }
        int header = HEADER_BYTES;
        long length = peek(0, HEADER_BYTES);
        if ((int) length == LONG_MESSAGE) {
            header += Long.BYTES;
            if (available < header) {
                return null;
            }
            length = peek(HEADER_BYTES, Long.BYTES);
        } else {
            length = (int) length;
        }
        if (length < 0 || length > Integer.MAX_VALUE - 64 || length > max || length > Math.max(budget.limit(), UNCOUNTED)) {
            wanted = 0;
            granted.run();
            take(header);
            passOn();
            throw new MessageLengthException();
        }
        if (available < header + length) {
            // A message that comes in pieces may be longer than what usually may wait.
            wanted = (int) Math.min(Integer.MAX_VALUE, header + length);
            writable.signalAll();
            return null;
        }
        wanted = 0;
        granted.run();
        take(header);
        return take((int) length);
    }

    /** Returns a big-endian number from the stream without taking it. */
    private long peek(int offset, int count) {
        long number = 0;
        int skip = offset + headPosition;
        int left = count;
        for (byte[] chunk : chunks) {
            for (int i = skip; i < chunk.length && left > 0; i++, left--) {
                number = number << 8 | chunk[i] & 0xff;
            }
            skip = Math.max(0, skip - chunk.length);
            if (left == 0) {
                break;
            }
        }
        return number;
    }

    private void clear() {
        chunks.clear();
        headers.clear();
        headPosition = 0;
        available = 0;
    }

    private byte[] remove() {
        byte[] head = chunks.remove();
        if (head == headers.peek()) {
            headers.remove();
        }
        headPosition = 0;
        return head;
    }

    private byte[] take(int count) {
        if (count > 0 && headPosition == 0 && chunks.element().length == count) {
            available -= count;
            return remove();
        }
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            byte[] head = chunks.element();
            int part = Math.min(count - done, head.length - headPosition);
            System.arraycopy(head, headPosition, bytes, done, part);
            done += part;
            headPosition += part;
            if (headPosition == head.length) {
                remove();
            }
        }
        available -= count;
        return bytes;
    }

    /**
     * Wakes the next reader if there is something left for it, and the writers: there may be room for more than one of them. In
     * a pipe that was full they are woken when there is room for many short messages, as on Linux when a page is free: if each
     * message that is read made room for one that is written, the two sides would put each other to sleep for every message.
     */
    private void passOn() {
        if (available > 0) {
            readable.signal();
        }
        if (available <= CAPACITY - PAGE) {
            writable.signalAll();
        }
    }

    /** Says that nothing more will be written. */
    void closeWriter() {
        lock.lock();
        try {
            writerGone = true;
            readable.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.tell();
    }

    /** Says that nothing more will be read; what waits is thrown away. */
    void closeReader() {
        lock.lock();
        try {
            readerGone = true;
            clear();
            writable.signalAll();
        } finally {
            unlock();
        }
        budget.forget(this);
    }
}
