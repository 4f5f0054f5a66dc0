package org.polyproc.kernel.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries bytes between one end of a channel, which it holds, and a socket, on two threads of its own:
 *
 * <pre>
 *   process -- ChannelEnd ==== ChannelEnd -- bridge -- socket ==== socket -- peer
 * </pre>
 *
 * <p>Each side is read only as fast as the other one takes the bytes, so a process that does not read stops its peer, and the
 * other way round. When the peer closes, the process comes to the end of the stream after all that the peer had written. When the
 * process closes, the socket is closed after all that the process had written; what the peer goes on to write is refused.
 *
 * <p>Thread-safe.
 */
final class SocketBridge {

    /** Less than a channel takes when the beginning of a message, its header say, waits there for the rest. */
    private static final int PART_BYTES = BytePipe.CAPACITY / 2;

    private final ChannelEnd end;
    private final SocketChannel socket;
    private final Thread out;
    private final Thread in;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long written;

    /**
     * @param end    the end to hold
     * @param socket a connected socket, which the bridge is going to close
     * @param onEnd  told when the socket is closed
     */
    SocketBridge(ChannelEnd end, SocketChannel socket, Consumer<SocketBridge> onEnd) {
        this.end = end;
        this.socket = socket;
        this.out = Thread.ofVirtual().name("polyproc-socket-out " + end.id()).unstarted(() -> {
            try {
                sendAll();
            } finally {
                ended.countDown();
                onEnd.accept(this);
            }
        });
        this.in = Thread.ofVirtual().name("polyproc-socket-in " + end.id()).unstarted(this::receiveAll);
    }

    /** Starts to carry bytes. */
    void start() {
        end.retain();
        out.start();
        in.start();
    }

    /** Lasts as long as the process's end, and until the peer has what the process wrote. */
    private void sendAll() {
        try {
            try {
                send();
            } catch (IOException e) {
                // The peer is gone; the process's next write is told so.
                end.closeInput();
                awaitEnd();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        } finally {
            close();
            end.drop();
        }
    }

    private void send() throws IOException, InterruptedException {
        for (byte[] bytes = read(); bytes.length > 0; bytes = read()) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                written += socket.write(buffer);
            }
        }
    }

    private void awaitEnd() throws InterruptedException {
        while (read().length > 0) {
            // Nobody takes it any more.
        }
    }

    private byte[] read() throws InterruptedException {
        return end.read(PART_BYTES, true);
    }

    private void receiveAll() {
        ByteBuffer buffer = ByteBuffer.allocate(PART_BYTES);
        try {
            while (socket.read(buffer.clear()) >= 0) {
                end.write(Arrays.copyOf(buffer.array(), buffer.position()), true);
            }
        } catch (BrokenPipeException e) {
            refuse();
        } catch (IOException e) {
            // The peer or the bridge has closed: the end of the stream.
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        } finally {
            end.closeOutput();
        }
    }

    private void refuse() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /** Waits until the peer has what the process, which is gone, wrote; gives up when it takes nothing for so long. */
    void finish(Duration patience) throws InterruptedException {
        for (long before = written; !ended.await(patience.toNanos(), TimeUnit.NANOSECONDS); before = written) {
            if (written == before) {
                close();
                return;
            }
        }
    }

    /** Closes the socket. Idempotent. */
    void close() {
        UnixSockets.close(socket);
    }
}
