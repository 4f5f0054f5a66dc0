package org.polyproc.kernel;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.polyproc.kernel.channel.ChannelBudget;
import org.polyproc.kernel.channel.ChannelEnd;

/** Messages through channels, framed as CPython frames them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelBenchmark {

    private static final int HEADER_BYTES = 4;

    private static byte[] message(int size) {
        byte[] message = new byte[HEADER_BYTES + size];
        for (int i = 0; i < HEADER_BYTES; i++) {
            message[i] = (byte) (size >>> 8 * (HEADER_BYTES - 1 - i));
        }
        return message;
    }

    private static ChannelEnd.Pair channel(int firstId, boolean duplex) {
        ChannelEnd.Pair pair = ChannelEnd.pair(firstId, firstId + 1, duplex, new ChannelBudget(Long.MAX_VALUE));
        pair.first().retain();
        pair.second().retain();
        return pair;
    }

    /** A channel that the same thread writes to and reads from. */
    @State(Scope.Thread)
    public static class Own {
        /** Bytes in a message. */
        @Param({"16", "1048576"})
        public int size;

        private final ChannelEnd.Pair channel = channel(1, false);
        private byte[] message;

        /** Makes the message. */
        @Setup
        public void prepare() {
            message = message(size);
        }
    }

    /** A message into a channel and out of it, by one thread. */
    @Benchmark
    public byte[] writeAndRead(Own own) throws IOException, InterruptedException {
        own.channel.second().write(own.message, true);
        return own.channel.first().readMessage(Long.MAX_VALUE, true);
    }

    /** A channel with a thread at its other end that sends back what it gets. */
    @State(Scope.Thread)
    public static class Echo {
        private final byte[] message = message(16);
        private final ChannelEnd.Pair channel = channel(1, true);
        private Thread thread;

        /** Starts the thread. */
        @Setup
        public void start() {
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        channel.second().readMessage(Long.MAX_VALUE, true);
                        channel.second().write(message, true);
                    }
                } catch (EOFException e) {
                    // The benchmark is over.
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** Ends the thread. */
        @TearDown
        public void stop() throws InterruptedException {
            channel.first().drop();
            thread.join();
        }
    }

    /** A message of 16 bytes to another thread and back; both wait without spinning. */
    @Benchmark
    public byte[] roundTrip(Echo echo) throws IOException, InterruptedException {
        echo.channel.first().write(echo.message, true);
        return echo.channel.first().readMessage(Long.MAX_VALUE, true);
    }

    /** Two queues of the JDK with a thread between them. */
    @State(Scope.Thread)
    public static class Queues {
        private final SynchronousQueue<byte[]> there = new SynchronousQueue<>();
        private final SynchronousQueue<byte[]> back = new SynchronousQueue<>();
        private final byte[] message = message(16);
        private Thread thread;

        /** Starts the thread. */
        @Setup
        public void start() {
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        back.put(there.take());
                    }
                } catch (InterruptedException e) {
                    // The benchmark is over.
                }
            });
        }

        /** Ends the thread. */
        @TearDown
        public void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    /** An array to another thread and back through the JDK's queues without room, which spin. */
    @Benchmark
    public byte[] roundTripOfJdkQueues(Queues queues) throws InterruptedException {
        queues.there.put(queues.message);
        return queues.back.take();
    }
}
