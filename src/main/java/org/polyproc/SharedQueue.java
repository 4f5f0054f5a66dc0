package org.polyproc;

import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.MessageLengthException;
import org.polyproc.kernel.channel.WaitSet;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * A {@code multiprocessing.Queue}: what threads of any process put, Java's own included, others take, each object once and in the
 * order in which it was put. Its methods are those of {@link java.util.concurrent.BlockingQueue} that a queue between processes can
 * have; what it takes is plain data, which is copied: the kinds that {@link PythonProgram#function} takes, without callbacks and shared
 * objects. What it gives are the kinds that {@link PythonCallback#call} is given, without shared objects.
 *
 * <p>A process that is killed while it takes keeps others from taking, as on CPython.
 *
 * <p>Thread-safe. What a thread did before it put an object is visible to who takes it. All methods throw
 * {@link IllegalStateException} after the host is closed, those that wait at that moment too. Two objects are equal if they stand for
 * the same queue.
 */
public final class SharedQueue {

    /* How CPython builds a queue: a pipe, a lock for each of its ends, and a semaphore that counts the places that are free. */
    private final Holdings host;
    private final ChannelEnd reader;
    private final ChannelEnd writer;
    private final KernelSemaphore readLock;
    private final KernelSemaphore writeLock;
    private final KernelSemaphore places;

    /** A new queue for at most so many objects. */
    SharedQueue(Holdings host, int capacity) {
        this(host, host.kernel().channel(false), host.kernel().semaphore(1, 1), host.kernel().semaphore(1, 1),
                host.kernel().semaphore(capacity, capacity));
    }

    private SharedQueue(Holdings host, ChannelEnd.Pair pipe, KernelSemaphore readLock, KernelSemaphore writeLock,
            KernelSemaphore places) {
        this(host, pipe.first(), pipe.second(), readLock, writeLock, places);
    }

    /** A queue that a process made. */
    SharedQueue(Holdings host, ChannelEnd reader, ChannelEnd writer, KernelSemaphore readLock, KernelSemaphore writeLock,
            KernelSemaphore places) {
        this.host = host;
        this.reader = reader;
        this.writer = writer;
        this.readLock = readLock;
        this.writeLock = writeLock;
        this.places = places;
        List.of(reader, writer, readLock, writeLock, places).forEach(part -> host.hold(this, part));
    }

    Holdings host() {
        return host;
    }

    ChannelEnd reader() {
        return reader;
    }

    ChannelEnd writer() {
        return writer;
    }

    KernelSemaphore readLock() {
        return readLock;
    }

    KernelSemaphore writeLock() {
        return writeLock;
    }

    KernelSemaphore places() {
        return places;
    }

    /**
     * Puts an object, waiting for room without limit.
     *
     * @param object what is put
     * @throws IllegalArgumentException if it is no plain data, or takes more bytes than pipes may hold
     * @throws InterruptedException     if the calling thread is interrupted; nothing is put then
     */
    public void put(Object object) throws InterruptedException {
        byte[] message = message(object);
        places.acquire();
        send(message);
    }

    /**
     * Puts an object if there is a place for it, without waiting for one.
     *
     * @param object what is put
     * @return whether it was put
     * @throws IllegalArgumentException if it is no plain data, or takes more bytes than pipes may hold
     * @throws InterruptedException     if the calling thread is interrupted; nothing is put then
     */
    public boolean offer(Object object) throws InterruptedException {
        return offer(object, 0, TimeUnit.NANOSECONDS);
    }

    /**
     * Puts an object, waiting for a place for a limited time. When it has a place and pipes are full, it waits until they are not.
     *
     * @param object what is put
     * @param time how long at most, in the given unit; 0 or less does not wait
     * @param unit the unit of the time
     * @return whether it was put
     * @throws IllegalArgumentException if it is no plain data, or takes more bytes than pipes may hold
     * @throws InterruptedException     if the calling thread is interrupted; nothing is put then
     */
    public boolean offer(Object object, long time, TimeUnit unit) throws InterruptedException {
        byte[] message = message(object);
        boolean hasPlace = acquire(places, unit.toNanos(time));
        if (hasPlace) {
            send(message);
        }
        return hasPlace;
    }

    private static byte[] message(Object object) {
        byte[] pickle = PlainPickle.dump(Handover.copy(object));
        return ByteBuffer.allocate(Integer.BYTES + pickle.length).putInt(pickle.length).put(pickle).array();
    }

    private static boolean acquire(KernelSemaphore semaphore, long nanos) throws InterruptedException {
        return semaphore.tryAcquire() || nanos > 0 && semaphore.acquire(nanos);
    }

    private void send(byte[] message) throws InterruptedException {
        boolean sent = false;
        try {
            writeLock.acquire();
            try {
                writer.write(message, true);
                sent = true;
            } finally {
                writeLock.release();
            }
        } catch (MessageLengthException e) {
            throw new IllegalArgumentException(
                    "an object must not take more bytes than may wait in pipes: bytes=" + message.length, e);
        } catch (IOException e) {
            throw closed(e);
        } finally {
            if (!sent) {
                places.release();
            }
            Reference.reachabilityFence(this);
        }
    }

    private static IllegalStateException closed(IOException cause) {
        return new IllegalStateException("a closed host shares nothing", cause);
    }

    /**
     * Takes the oldest object, waiting for one without limit.
     *
     * @return the object, which is null if {@code None} was put
     * @throws IllegalArgumentException if it is nothing that Java can be given; it is taken all the same
     * @throws InterruptedException     if the calling thread is interrupted; nothing is taken then
     */
    public Object take() throws InterruptedException {
        readLock.acquire();
        return receive();
    }

    /**
     * Takes the oldest object, waiting for one for a limited time.
     *
     * @param time how long at most, in the given unit; 0 or less does not wait
     * @param unit the unit of the time
     * @return the object, which is null if {@code None} was put; and null if there was none in time
     * @throws IllegalArgumentException if it is nothing that Java can be given; it is taken all the same
     * @throws InterruptedException     if the calling thread is interrupted; nothing is taken then
     */
    public Object poll(long time, TimeUnit unit) throws InterruptedException {
        long nanos = Math.max(unit.toNanos(time), 0);
        long begin = System.nanoTime();
        if (!acquire(readLock, nanos)) {
            return null;
        }
        boolean ready = false;
        try {
            ready = reader.isReady() || nanos > 0
                    && !WaitSet.await(List.of(reader), Math.max(nanos - (System.nanoTime() - begin), 0)).isEmpty();
        } finally {
            if (!ready) {
                readLock.release();
            }
        }
        return ready ? receive() : null;
    }

    /** Takes the message that the calling thread has the read lock for, and releases that. */
    private Object receive() throws InterruptedException {
        byte[] message;
        try {
            try {
                message = reader.readMessage(Long.MAX_VALUE, true);
            } finally {
                readLock.release();
            }
        } catch (EOFException e) {
            throw closed(e);
        } catch (IOException e) {
            throw new IllegalArgumentException("what is taken from a queue must be a message", e);
        } finally {
            Reference.reachabilityFence(this);
        }
        places.release();
        return PlainUnpickler.load(message);
    }

    /** {@return how many objects are in the queue, or about to be; that may change at any time} */
    public int size() {
        return places.maxValue() - places.value();
    }

    /** {@return whether there is nothing to take; that may change at any time} */
    public boolean isEmpty() {
        return !reader.isReady();
    }

    /** {@return how many objects the queue has places for} */
    public int capacity() {
        return places.maxValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedQueue that && that.reader == reader;
    }

    @Override
    public int hashCode() {
        return reader.hashCode();
    }
}
