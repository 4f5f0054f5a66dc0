package org.polyproc.syscall;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.ChannelListener;
import org.polyproc.kernel.channel.MessageLengthException;
import org.polyproc.kernel.channel.PathLengthException;
import org.polyproc.kernel.channel.UnixSockets;
import org.polyproc.kernel.channel.WaitSet;
import org.polyproc.kernel.channel.Waitable;
import org.polyproc.kernel.process.ProcessSentinel;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.trace.ProcessWaitEvent;

/**
 * System calls about channels and about kernel objects by their numbers, for {@code multiprocessing.connection} and {@code posix}.
 * A number that this process does not hold gives -EBADF. Thread-safe.
 */
public final class ChannelCalls {

    /** A kernel object's number is at least this, a file descriptor's is less. */
    @Export
    public final int firstNumber = Kernel.FIRST_ID;

    /** Whether {@link #listenAtFile} and {@link #connectToFile} are allowed. */
    @Export
    public final boolean unixSockets;

    /** How many bytes may wait in channels; a message must not be longer. */
    @Export
    public final long maxQueuedBytes;

    private final Kernel kernel;
    private final VirtualProcess self;

    ChannelCalls(Kernel kernel, VirtualProcess self) {
        this.maxQueuedBytes = kernel.maxQueuedBytes();
        this.kernel = kernel;
        this.self = self;
        this.unixSockets = kernel.unixSockets().isPresent();
    }

    /**
     * Makes a channel.
     *
     * @param duplex whether both ends send and receive; otherwise the first one receives and the second one sends
     */
    @Export
    public ChannelPair pair(boolean duplex) {
        ChannelEnd.Pair ends = kernel.channel(duplex);
        return new ChannelPair(channel(hold(ends.first())), channel(hold(ends.second())));
    }

    /**
     * Returns the channel whose end this process holds under a number, and takes that hold over; null if there is none.
     */
    @Export
    public Channel adopt(int number) {
        ChannelEnd end = get(number, ChannelEnd.class);
        return end == null ? null : channel(end);
    }

    private Channel channel(ChannelEnd end) {
        return new Channel(self, end);
    }

    private <T extends KernelObject> T hold(T object) {
        return self.descriptors().hold(object);
    }

    private <T extends KernelObject> T get(int number, Class<T> type) {
        return self.descriptors().find(number, type).orElse(null);
    }

    /**
     * {@code read(2)}.
     *
     * @param max how many bytes at most; 0 reads nothing
     * @return the {@linkplain ReadOnlyBytes bytes}, none at the end of the stream; or -EBADF, -EINTR
     */
    @Export
    public Object read(int number, int max) throws InterruptedException {
        ChannelEnd end = get(number, ChannelEnd.class);
        if (end == null || !end.reads() || max < 0) {
            return -Errno.EBADF;
        }
        if (max == 0) {
            return new ReadOnlyBytes(new byte[0]);
        }
        try {
            byte[] bytes = end.read(max, false);
            if (bytes == null) {
                bytes = self.await(new WaitReason.Message(end), false, () -> end.read(max, self.whereabouts()::granted));
            }
            return new ReadOnlyBytes(bytes);
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        }
    }

    /**
     * {@code write(2)}; writes all bytes or none.
     *
     * @param bytes bytes-like
     * @return how many bytes were written, or -EBADF, -EPIPE, -EINTR, -EMSGSIZE if they are more than all channels may hold
     */
    @Export
    public int write(int number, Value bytes) throws InterruptedException {
        ChannelEnd end = get(number, ChannelEnd.class);
        if (end == null || !end.writes()) {
            return -Errno.EBADF;
        }
        byte[] copy = Syscalls.bytes(bytes);
        try {
            if (!end.write(copy, false)) {
                self.await(new WaitReason.Room(end, copy.length), false, () -> {
                    end.write(copy, self.whereabouts()::granted);
                    return null;
                });
            }
            self.setUnderWay();
            return copy.length;
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } catch (MessageLengthException e) {
            return -Errno.EMSGSIZE;
        } catch (IOException e) {
            return -Errno.EPIPE;
        }
    }

    /** Returns the numbers of the channels, listeners and sentinels that this process holds. */
    @Export
    public ProxyArray numbers() {
        return ProxyArray.fromList(List.copyOf(self.descriptors().ids(Waitable.class)));
    }

    /** {@code close(2)}: 0 or -EBADF. */
    @Export
    public int close(int number) {
        if (get(number, KernelObject.class) == null) {
            return -Errno.EBADF;
        }
        self.descriptors().drop(number);
        return 0;
    }

    /** {@code dup(2)}: takes hold once more. Returns the same number, which then wants one more close; or -EBADF. */
    @Export
    public int dup(int number) {
        KernelObject object = get(number, KernelObject.class);
        return object == null ? -Errno.EBADF : hold(object).id();
    }

    /** Takes hold of an object that this process inherited under a number. Returns the number, or -EBADF. */
    @Export
    public int open(int number) {
        return get(number, KernelObject.class) == null
                ? -Errno.EBADF : self.descriptors().open(number, KernelObject.class).id();
    }

    /**
     * {@code poll(2)} for reading: waits until at least one of several kernel objects is ready.
     *
     * @param numbers their numbers
     * @param seconds how long at most; 0 does not wait, a negative number waits without limit
     * @return the numbers of those that are ready, none when the time is over; or -EBADF if one can't be waited for, -EINTR
     */
    @Export
    public Object poll(Value numbers, double seconds) throws InterruptedException {
        List<Waitable> things = new ArrayList<>();
        for (long i = 0; i < numbers.getArraySize(); i++) {
            KernelObject object = get(numbers.getArrayElement(i).asInt(), KernelObject.class);
            if (!(object instanceof Waitable waitable)) {
                return -Errno.EBADF;
            }
            things.add(waitable);
        }
        try {
            List<Waitable> ready = WaitSet.await(things, 0);
            if (ready.isEmpty() && seconds != 0) {
                ready = waitFor(things, seconds);
            }
            return ProxyArray.fromList(ready.stream().map(thing -> (Object) ((KernelObject) thing).id()).toList());
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        }
    }

    private List<Waitable> waitFor(List<Waitable> things, double seconds) throws SignalInterrupt, InterruptedException {
        int target = things.size() == 1 && things.getFirst() instanceof ProcessSentinel sentinel
                ? sentinel.process().pid() : ProcessTrace.SEVERAL;
        ProcessWaitEvent event = ProcessTrace.wait(self, target);
        try {
            return Syscalls.poll(self, things, seconds);
        } finally {
            ProcessTrace.end(event);
        }
    }

    /**
     * Listens at an address of this host.
     *
     * @param backlog how many channels may wait to be accepted
     * @return the listener's number, or -EADDRINUSE
     */
    @Export
    public int listen(String address, int backlog) {
        ChannelListener listener = kernel.exchange().listen(address, backlog);
        return listener == null ? -Errno.EADDRINUSE : hold(listener).id();
    }

    /**
     * Accepts a channel, waiting for it.
     *
     * @return the end's number, or -EBADF (also if the listener is closed meanwhile), -EMFILE, -EINTR
     */
    @Export
    public int accept(int number) throws InterruptedException {
        ChannelListener listener = get(number, ChannelListener.class);
        if (listener == null) {
            return -Errno.EBADF;
        }
        try {
            ChannelEnd end = listener.accept(false);
            if (end == null) {
                end = self.await(new WaitReason.Other("a connection"), false, () -> listener.accept(true));
            }
            if (end == null) {
                return -Errno.EBADF;
            }
            hold(end).drop();
            return end.id();
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } catch (IOException e) {
            // accept(2) fails for want of file descriptors or memory; the JDK does not say which.
            return -Errno.EMFILE;
        }
    }

    /**
     * Connects to an address of this host, waiting while as many as its backlog are waiting there.
     *
     * @return the end's number, or -ECONNREFUSED if nobody listens there, -EINTR
     */
    @Export
    public int connect(String address) throws InterruptedException {
        ChannelListener listener = kernel.exchange().find(address);
        if (listener == null) {
            return -Errno.ECONNREFUSED;
        }
        try {
            ChannelEnd end = self.await(new WaitReason.Other("being accepted"), false, listener::connect);
            return end == null ? -Errno.ECONNREFUSED : hold(end).id();
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        }
    }

    /**
     * Makes a socket file and listens there, see {@link UnixSockets#listen}.
     *
     * @param path    the file; a relative one is in the JVM's working directory
     * @param backlog how many may wait to be accepted
     * @return the listener's number, or -EADDRINUSE, -ENOENT, -ENOTDIR, -ENAMETOOLONG, -EINVAL, -EACCES (also if processes may
     *         not use sockets), -EIO
     */
    @Export
    public int listenAtFile(String path, int backlog) throws InterruptedException {
        return callAt(path, (sockets, file) -> hold(sockets.listen(file, backlog)));
    }

    /**
     * Connects to a socket file, see {@link UnixSockets#connect}; waits while as many as its backlog are waiting there.
     *
     * @param path the file; a relative one is in the JVM's working directory
     * @return the end's number, or -ECONNREFUSED if nobody listens there, -ENOENT, -ENOTDIR, -ENAMETOOLONG, -EINVAL, -EACCES
     *         (also if processes may not use sockets), -EINTR, -EIO
     */
    @Export
    public int connectToFile(String path) throws InterruptedException {
        return callAt(path, (sockets, file) -> hold(self.await(new WaitReason.Other("being accepted"), false,
                () -> sockets.connect(file))));
    }

    /** A call about a socket file, which gives an object that this process holds. */
    @FunctionalInterface
    private interface FileCall {
        KernelObject apply(UnixSockets sockets, Path file) throws IOException, InterruptedException, SignalInterrupt;
    }

    private int callAt(String path, FileCall call) throws InterruptedException {
        if (!unixSockets) {
            return -Errno.EACCES;
        }
        try {
            return call.apply(kernel.unixSockets().orElseThrow(), Path.of(path)).id();
        } catch (SignalInterrupt e) {
            return -Errno.EINTR;
        } catch (InvalidPathException e) {
            return -Errno.EINVAL;
        } catch (BindException e) {
            return -Errno.EADDRINUSE;
        } catch (ConnectException e) {
            return -Errno.ECONNREFUSED;
        } catch (NoSuchFileException e) {
            return -Errno.ENOENT;
        } catch (AccessDeniedException e) {
            return -Errno.EACCES;
        } catch (NotDirectoryException e) {
            return -Errno.ENOTDIR;
        } catch (PathLengthException e) {
            return -Errno.ENAMETOOLONG;
        } catch (IOException e) {
            return -Errno.EIO;
        }
    }

    /** Offers an object to whoever gets the token, see {@link org.polyproc.kernel.Transfers}; null if it is not held. */
    @Export
    public String offer(int number) {
        return get(number, KernelObject.class) == null ? null : kernel.transfers().offer(self.descriptors(), number);
    }

    /** Takes hold of an object that another process offers. Returns its number, or -ENOENT. */
    @Export
    public int claim(String token) {
        return kernel.transfers().claim(token, self.descriptors()).orElse(-Errno.ENOENT);
    }
}
