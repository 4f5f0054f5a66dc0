package org.polyproc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketsTest {

    /** More than the sockets' buffers and the channel together take. */
    private static final int MUCH = 4 << 20;

    /** Who may not write for so long is taken for stopped. */
    private static final int NO_ROOM_MILLIS = 1000;

    private final AtomicInteger ids = new AtomicInteger();
    private final ChannelBudget budget = new ChannelBudget(1 << 30);
    private final UnixSockets sockets = new UnixSockets(ids::incrementAndGet, budget, Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        sockets.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Path file() {
        return folder.resolve("socket");
    }

    private ChannelListener listen(int backlog) throws IOException {
        ChannelListener listener = sockets.listen(file(), backlog);
        listener.retain();
        return listener;
    }

    /** Another program that connects. */
    private SocketChannel peer() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(file()));
    }

    private static void write(SocketChannel peer, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            peer.write(buffer);
        }
    }

    private static byte[] readAll(SocketChannel peer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        while (peer.read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toByteArray();
    }

    private static byte[] readAll(ChannelEnd end) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part = end.read(10_000, true); part.length > 0; part = end.read(10_000, true)) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static <T> FutureTask<T> inThread(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void whatThePeerWroteComesBeforeTheEndOfTheStream() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer()) {
            ChannelEnd end = listener.accept(true);
            FutureTask<byte[]> reader = inThread(() -> readAll(end));
            write(peer, random(MUCH));
            peer.shutdownOutput();
            assertArrayEquals(random(MUCH), reader.get());
            end.write(random(MUCH), true);
            end.drop();
            assertArrayEquals(random(MUCH), readAll(peer), "the other direction outlasts the first");
        }
        listener.drop();
    }

    @Test
    void aPeerIsStoppedWhileNobodyReads() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer(); Selector selector = Selector.open()) {
            ChannelEnd end = listener.accept(true);
            peer.configureBlocking(false);
            peer.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer buffer = ByteBuffer.wrap(random(MUCH));
            while (buffer.hasRemaining() && selector.select(NO_ROOM_MILLIS) > 0) {
                peer.write(buffer);
                selector.selectedKeys().clear();
            }
            assertTrue(buffer.hasRemaining(), "the peer has written all though nobody read");
            FutureTask<byte[]> reader = inThread(() -> readAll(end));
            while (buffer.hasRemaining()) {
                selector.select();
                peer.write(buffer);
                selector.selectedKeys().clear();
            }
            peer.close();
            assertArrayEquals(random(MUCH), reader.get());
            end.drop();
        }
        listener.drop();
    }

    @Test
    void aMessageMayBeginWithPartOfItsHeader() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer()) {
            ChannelEnd end = listener.accept(true);
            byte[] message = ByteBuffer.allocate(Integer.BYTES + MUCH).putInt(MUCH).put(random(MUCH)).array();
            write(peer, Arrays.copyOf(message, 3));
            await(end);
            FutureTask<byte[]> reader = inThread(() -> end.readMessage(Long.MAX_VALUE, true));
            write(peer, Arrays.copyOfRange(message, 3, message.length));
            assertArrayEquals(random(MUCH), reader.get());
            end.drop();
        }
        listener.drop();
    }

    private static void await(ChannelEnd end) throws InterruptedException {
        assertEquals(List.of(end), WaitSet.await(List.of(end), Long.MAX_VALUE));
    }

    @Test
    void whoWritesToAPeerThatIsGoneIsToldSo() throws Exception {
        ChannelListener listener = listen(1);
        SocketChannel peer = peer();
        ChannelEnd end = listener.accept(true);
        peer.close();
        assertThrows(BrokenPipeException.class, () -> {
            while (end.write(random(1000), true)) {
                // The first ones may go into the channel before the socket has refused one.
            }
        });
        assertEquals(0, end.read(1, true).length);
        end.drop();
        listener.drop();
    }

    @Test
    void aPeerIsRefusedWhenTheOtherSideIsClosed() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer()) {
            listener.accept(true).drop();
            assertThrows(IOException.class, () -> {
                while (true) {
                    write(peer, random(1000));
                }
            });
        }
        listener.drop();
    }

    @Test
    void whatWasWrittenArrivesBeforeAllIsClosed() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer()) {
            ChannelEnd end = listener.accept(true);
            end.write(random(MUCH), true);
            end.drop();
            FutureTask<Void> closer = inThread(() -> {
                sockets.close();
                return null;
            });
            assertArrayEquals(random(MUCH), readAll(peer));
            closer.get();
        }
        listener.drop();
    }

    @Test
    void aPeerThatTakesNothingIsNotWaitedForForEver() throws Exception {
        try (UnixSockets impatient = new UnixSockets(ids::incrementAndGet, budget, Duration.ofMillis(100));
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file()));
            ChannelEnd end = impatient.connect(file());
            end.retain();
            end.write(random(MUCH), true);
            end.drop();
            impatient.close();
            try (SocketChannel peer = server.accept()) {
                assertTrue(readAll(peer).length < MUCH, "the peer took what it did not read");
            }
        }
    }

    @Test
    void theOtherSideOfAListenerThatGoesComesToItsEnd() throws Exception {
        ChannelListener listener = listen(1);
        try (SocketChannel peer = peer()) {
            await(listener);
            listener.drop();
            assertEquals(0, readAll(peer).length);
            assertThrows(ConnectException.class, () -> sockets.connect(file()));
            assertTrue(Files.exists(file()), "the file is its maker's");
        }
    }

    private static void await(ChannelListener listener) throws InterruptedException {
        assertEquals(List.of(listener), WaitSet.await(List.of(listener), Long.MAX_VALUE));
    }

    @Test
    void whoAcceptsIsToldOfAFailureOnce() throws Exception {
        ChannelListener listener = new Exchange(ids::incrementAndGet, budget).listen("here", 1);
        listener.retain();
        FutureTask<Void> failing = inThread(() -> {
            listener.fail(new IOException("no more"));
            return null;
        });
        await(listener);
        assertEquals("no more", assertThrows(IOException.class, () -> listener.accept(true)).getMessage());
        failing.get();
        assertNull(listener.accept(false));
        listener.drop();
    }

    @Test
    void errorsSayWhatIsWrongWithThePath() throws Exception {
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThrows(BindException.class, () -> sockets.listen(plain, 1));
        assertThrows(ConnectException.class, () -> sockets.connect(plain));
        for (Path below : List.of(plain.resolve("x"), plain.resolve("x/y"))) {
            assertThrows(NotDirectoryException.class, () -> sockets.listen(below, 1));
            assertThrows(NotDirectoryException.class, () -> sockets.connect(below));
        }
        assertThrows(NoSuchFileException.class, () -> sockets.listen(folder.resolve("none/x"), 1));
        assertThrows(NoSuchFileException.class, () -> sockets.connect(file()));
        Path longest = folder.resolve("x".repeat(106 - folder.toString().length() - 1));
        sockets.listen(longest, 1).retain();
        Path longer = folder.resolve(longest.getFileName() + "x");
        String message = "the path of a socket must have at most 106 bytes: path=" + longer;
        assertEquals(message, assertThrows(PathLengthException.class, () -> sockets.listen(longer, 1)).getMessage());
        assertEquals(message, assertThrows(PathLengthException.class, () -> sockets.connect(longer)).getMessage());
    }

    @Test
    void whoMayNotUseAFileIsDeniedAccess() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        sockets.listen(closed.resolve("socket"), 1).retain();
        assertTrue(closed.toFile().setExecutable(false) && closed.toFile().setWritable(false));
        assumeFalse(Files.isReadable(closed.resolve("socket")), "the superuser may use any file");
        assertThrows(AccessDeniedException.class, () -> sockets.listen(closed.resolve("other"), 1));
        assertThrows(AccessDeniedException.class, () -> sockets.connect(closed.resolve("socket")));
    }

    @Test
    void whoIsInterruptedWhileItConnectsIsNotConnected() throws Exception {
        Thread.currentThread().interrupt();
        listen(1);
        assertThrows(InterruptedException.class, () -> sockets.connect(file()));
        assertFalse(Thread.interrupted());
    }
}
