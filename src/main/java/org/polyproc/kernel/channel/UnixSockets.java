package org.polyproc.kernel.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/**
 * The machine's sockets of family {@code AF_UNIX}, by which other programs are reached. What a process of this kernel holds of a
 * connection is one end of a channel; a {@link SocketBridge} carries the bytes between the other end and the socket. So processes
 * wait, poll, read messages and are interrupted as with any channel.
 *
 * <p>Thread-safe.
 */
public final class UnixSockets implements AutoCloseable {

    /** The longest path that the JDK takes, in bytes; Linux has room for one more. */
    private static final int MAX_PATH_BYTES = 106;

    private static final Path FOLDER_OF_JVM = Path.of("").toAbsolutePath();

    private final Set<SocketBridge> bridges = ConcurrentHashMap.newKeySet();
    private final IntSupplier ids;
    private final ChannelBudget budget;
    private final Duration patience;

    /**
     * @param ids      gives each new object its number
     * @param budget   what may wait in the channels
     * @param patience how long {@link #close} waits for a peer that takes nothing
     */
    public UnixSockets(IntSupplier ids, ChannelBudget budget, Duration patience) {
        this.ids = ids;
        this.budget = budget;
        this.patience = patience;
    }

    /**
     * Makes a socket file and listens there until the listener's last holder drops it. Nobody but the caller removes the file.
     *
     * @param path    the file, absolute or in the JVM's working directory
     * @param backlog how many may wait to be accepted; others wait in {@code connect(2)}
     * @return the listener, which nobody holds yet
     * @throws BindException         if there is a file already
     * @throws AccessDeniedException if the file may not be made
     * @throws NoSuchFileException   if there is no such folder
     * @throws NotDirectoryException if what should be a folder is none
     * @throws PathLengthException   if the path is too long
     * @throws IOException           if it fails for another reason
     */
    public ChannelListener listen(Path path, int backlog) throws IOException {
        UnixDomainSocketAddress address = address(path);
        checkFolder(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address, Math.clamp(backlog, 1, Exchange.MAX_BACKLOG));
        } catch (BindException e) {
            server.close();
            throw Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? e : new AccessDeniedException(path.toString());
        } catch (SocketException e) {
            server.close();
            checkFolder(path);
            throw e;
        } catch (IOException e) {
            server.close();
            throw e;
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        ChannelListener listener = new ChannelListener(
                ids.getAsInt(), path.toString(), Math.min(backlog, Exchange.MAX_BACKLOG), ids, budget, (name, closed) -> {
                    close(server);
                    // The JDK leaves the socket open, for others to connect to, until the thread that accepts has noticed.
                    stopped.join();
                });
        Thread.ofVirtual().name("polyproc-accept " + path).start(() -> {
            try {
                accept(server, listener);
            } finally {
                stopped.complete(null);
            }
        });
        return listener;
    }

    /**
     * Connects to a socket file.
     *
     * @param path the file, absolute or in the JVM's working directory
     * @return this side's end, which nobody holds yet
     * @throws ConnectException      if nobody listens there
     * @throws AccessDeniedException if the file may not be used
     * @throws NoSuchFileException   if there is no such file
     * @throws NotDirectoryException if what should be a folder is none
     * @throws PathLengthException   if the path is too long
     * @throws IOException           if it fails for another reason
     * @throws InterruptedException  if the thread is interrupted while it waits
     */
    public ChannelEnd connect(Path path) throws IOException, InterruptedException {
        UnixDomainSocketAddress address = address(path);
        checkExists(path);
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(address);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (ConnectException e) {
            socket.close();
            throw e;
        } catch (BindException e) {
            // How the JDK says EACCES.
            socket.close();
            throw new AccessDeniedException(path.toString());
        } catch (SocketException e) {
            socket.close();
            checkExists(path);
            throw e;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        ChannelEnd.Pair ends = ChannelEnd.pair(ids.getAsInt(), ids.getAsInt(), true, budget);
        bridge(ends.second(), socket);
        return ends.first();
    }

    private static UnixDomainSocketAddress address(Path path) throws PathLengthException {
        // A process's working directory need not be the JVM's, so paths come absolute, for which there may be no room.
        Path shorter = path.startsWith(FOLDER_OF_JVM) && !path.equals(FOLDER_OF_JVM) ? FOLDER_OF_JVM.relativize(path) : path;
        if (shorter.toString().getBytes().length > MAX_PATH_BYTES) {
            throw new PathLengthException(path.toString(), MAX_PATH_BYTES);
        }
        return UnixDomainSocketAddress.of(shorter);
    }

    /**
     * Throws what is wrong with a path: the JDK's exceptions of sockets do not say it. Asked before a call, so that what appears
     * in between is no riddle, and after it has failed.
     */
    private static void checkExists(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        for (Path folder = absolute.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
        }
        Files.readAttributes(absolute, BasicFileAttributes.class);
    }

    private static void checkFolder(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            // The root: there is such a file already.
            return;
        }
        checkExists(folder);
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    private void bridge(ChannelEnd end, SocketChannel socket) {
        SocketBridge bridge = new SocketBridge(end, socket, bridges::remove);
        bridges.add(bridge);
        bridge.start();
    }

    /** Accepts until the server is closed; each connection becomes a channel that waits at the listener. */
    private void accept(ServerSocketChannel server, ChannelListener listener) {
        try {
            for (;;) {
                SocketChannel socket;
                try {
                    socket = server.accept();
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    listener.fail(e);
                    continue;
                }
                ChannelEnd end = listener.connect();
                if (end == null) {
                    close(socket);
                    return;
                }
                bridge(end, socket);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends all connections, whose processes are gone: what they wrote goes to the peers first, for as long as these take
     * something. Idempotent.
     */
    @Override
    public void close() {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SocketBridge bridge : bridges) {
                each.submit(() -> {
                    bridge.finish(patience);
                    return null;
                });
            }
        }
        // What is left if this thread is interrupted.
        bridges.forEach(SocketBridge::close);
    }
}
