package org.polyproc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelEndTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final ChannelBudget budget = new ChannelBudget(1 << 20);
    private ChannelEnd reader;
    private ChannelEnd writer;

    @BeforeEach
    void open() {
        ChannelEnd.Pair pair = ChannelEnd.pair(1, 2, false, budget);
        reader = pair.first();
        writer = pair.second();
        reader.retain();
        writer.retain();
    }

    private static byte[] message(byte... payload) {
        return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
    }

    private static <T> FutureTask<T> inThread(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void messagesComeInOrderAndWhole() throws Exception {
        writer.write(message((byte) 1, (byte) 2), false);
        writer.write(message(), false);
        writer.write(message((byte) 3), false);
        assertArrayEquals(new byte[] {1, 2}, reader.readMessage(NO_LIMIT, false));
        assertArrayEquals(new byte[0], reader.readMessage(NO_LIMIT, false));
        assertArrayEquals(new byte[] {3}, reader.readMessage(NO_LIMIT, false));
        assertNull(reader.readMessage(NO_LIMIT, false));
    }

    @Test
    void bytesAndMessagesAreOneStream() throws Exception {
        writer.write(new byte[] {0, 0}, false);
        assertNull(reader.readMessage(NO_LIMIT, false));
        writer.write(new byte[] {0, 3, 7}, false);
        assertNull(reader.readMessage(NO_LIMIT, false));
        writer.write(new byte[] {8, 9, 10}, false);
        assertArrayEquals(new byte[] {7, 8, 9}, reader.readMessage(NO_LIMIT, false));
        assertArrayEquals(new byte[] {10}, reader.read(100, false));
        assertNull(reader.read(100, false));
    }

    @Test
    void aLongMessageSaysItsLengthIn64Bits() throws Exception {
        writer.write(ByteBuffer.allocate(14).putInt(-1).putLong(2).put((byte) 5).put((byte) 6).array(), false);
        assertArrayEquals(new byte[] {5, 6}, reader.readMessage(NO_LIMIT, false));
    }

    @Test
    void aMessageThatIsTooLongIsRefusedByItsLength() throws Exception {
        writer.write(message(new byte[100]), false);
        assertThrows(MessageLengthException.class, () -> reader.readMessage(99, false));
        assertEquals(100, reader.read(1000, false).length, "what follows the length is still there");
        writer.write(ByteBuffer.allocate(4).putInt(-2).array(), false);
        assertThrows(MessageLengthException.class, () -> reader.readMessage(NO_LIMIT, false));
        writer.write(ByteBuffer.allocate(12).putInt(-1).putLong(1L << 40).array(), false);
        assertThrows(MessageLengthException.class, () -> reader.readMessage(NO_LIMIT, false));
    }

    @Test
    void theEndOfTheStreamComesAfterWhatWasWritten() throws Exception {
        writer.write(message((byte) 1), false);
        writer.drop();
        assertTrue(reader.isReady());
        assertArrayEquals(new byte[] {1}, reader.readMessage(NO_LIMIT, true));
        assertTrue(reader.isReady());
        assertThrows(EOFException.class, () -> reader.readMessage(NO_LIMIT, true));
        assertEquals(0, reader.read(10, true).length);
    }

    @Test
    void aStreamThatEndsWithinAMessageIsAnError() throws Exception {
        writer.write(new byte[] {0, 0, 0, 5, 1}, false);
        writer.drop();
        IOException e = assertThrows(IOException.class, () -> reader.readMessage(NO_LIMIT, true));
        assertEquals("got end of file during message", e.getMessage());
        assertThrows(EOFException.class, () -> reader.readMessage(NO_LIMIT, true));
    }

    @Test
    void nobodyWritesToAnEndThatIsGone() {
        reader.drop();
        assertThrows(BrokenPipeException.class, () -> writer.write(message((byte) 1), true));
    }

    @Test
    void anEndThatDoesNotReadSaysSo() {
        assertThrows(IllegalStateException.class, () -> writer.read(1, false));
        assertThrows(IllegalStateException.class, () -> reader.write(new byte[1], false));
        assertFalse(writer.isReady());
    }

    @Test
    void anythingFitsIntoAnEmptyPipeAndAFullOneMakesWritersWait() throws Exception {
        byte[] large = message(new byte[4 * BytePipe.CAPACITY]);
        assertTrue(writer.write(large, false));
        assertFalse(writer.write(message((byte) 1), false));
        FutureTask<Boolean> blocked = inThread(() -> writer.write(message((byte) 1), true));
        assertEquals(large.length - 4, reader.readMessage(NO_LIMIT, true).length);
        assertTrue(blocked.get());
        assertArrayEquals(new byte[] {1}, reader.readMessage(NO_LIMIT, true));
    }

    @Test
    void aMessageInPiecesMayBeLongerThanTheCapacity() throws Exception {
        int length = 3 * BytePipe.CAPACITY;
        FutureTask<byte[]> message = inThread(() -> reader.readMessage(NO_LIMIT, true));
        writer.write(ByteBuffer.allocate(4).putInt(length).array(), true);
        for (int i = 0; i < 3; i++) {
            writer.write(new byte[BytePipe.CAPACITY], true);
        }
        assertEquals(length, message.get().length);
    }

    @Test
    void anInterruptedWriterHasWrittenNothing() throws Exception {
        writer.write(new byte[BytePipe.CAPACITY], false);
        Thread thread = Thread.ofPlatform().unstarted(
                () -> assertThrows(InterruptedException.class, () -> writer.write(new byte[] {1}, true)));
        thread.start();
        thread.interrupt();
        thread.join();
        assertEquals(BytePipe.CAPACITY, reader.read(Integer.MAX_VALUE, false).length);
        assertNull(reader.read(1, false));
    }

    @Test
    void writersThatWaitLearnThatTheReaderIsGone() throws Exception {
        writer.write(new byte[BytePipe.CAPACITY], false);
        FutureTask<BrokenPipeException> blocked =
                inThread(() -> assertThrows(BrokenPipeException.class, () -> writer.write(new byte[1], true)));
        reader.drop();
        assertEquals("Broken pipe", blocked.get().getMessage());
    }

    @Test
    void nothingIsLostOrMixedBetweenManyWritersAndReaders() throws Exception {
        int writers = 4;
        int each = 2000;
        List<FutureTask<Void>> sending = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            byte number = (byte) w;
            sending.add(inThread(() -> {
                for (int i = 0; i < each; i++) {
                    byte[] payload = new byte[1 + i % 300];
                    Arrays.fill(payload, number);
                    writer.write(message(payload), true);
                }
                return null;
            }));
        }
        List<FutureTask<Integer>> receiving = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            receiving.add(inThread(() -> {
                int count = 0;
                try {
                    for (;; count++) {
                        byte[] payload = reader.readMessage(NO_LIMIT, true);
                        for (byte b : payload) {
                            assertEquals(payload[0], b);
                        }
                    }
                } catch (EOFException e) {
                    return count;
                }
            }));
        }
        for (FutureTask<Void> task : sending) {
            task.get();
        }
        writer.drop();
        assertEquals(writers * each, receiving.get(0).get() + receiving.get(1).get());
        assertEquals(0, budget.used());
    }

    @Test
    void aReaderOfAnotherPipeMakesRoom() throws Exception {
        ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
        byte[] most = message(new byte[1 << 20]);
        assertTrue(other.first().write(most, false));
        assertFalse(writer.write(message(new byte[10_000]), false));
        FutureTask<Boolean> blocked = inThread(() -> writer.write(message(new byte[10_000]), true));
        assertEquals(most.length, other.second().read(Integer.MAX_VALUE, true).length);
        assertTrue(blocked.get());
        assertEquals(10_000, reader.readMessage(NO_LIMIT, true).length);
        assertEquals(0, budget.used());
    }

    @Test
    void anEmptyPipeHasRoomForAShortMessage() throws Exception {
        ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
        assertTrue(other.first().write(new byte[1 << 20], false));
        assertTrue(writer.write(new byte[4000], false));
        assertTrue(writer.write(new byte[96], false));
        assertTrue(writer.write(new byte[4096], false), "what is left of the budget");
        assertFalse(writer.write(new byte[1], false));
        assertTrue(other.second().write(new byte[4096], false), "the other direction is a pipe of its own");
    }

    @Test
    void anEndThatIsGoneHoldsNothing() throws Exception {
        ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
        other.first().retain();
        other.second().retain();
        other.first().write(new byte[1 << 20], false);
        other.first().drop();
        FutureTask<Boolean> blocked = inThread(() -> writer.write(new byte[10_000], true));
        assertTrue(budget.used() > 1_000_000, "what nobody has read yet counts, though its writer is gone");
        other.second().drop();
        assertTrue(blocked.get());
        reader.drop();
        assertEquals(0, budget.used());
    }

    @Test
    void aMessageThatNeverFitsIsRefused() throws Exception {
        IOException e = assertThrows(MessageLengthException.class, () -> writer.write(message(new byte[(1 << 20) + 1]), true));
        assertEquals("a message must fit into what may wait in channels: length=1048577, limit=1048576", e.getMessage());
        assertTrue(writer.write(message(new byte[1 << 20]), false));
        ChannelEnd.Pair tight = ChannelEnd.pair(3, 4, false, new ChannelBudget(0));
        assertTrue(tight.second().write(new byte[4096], false), "a short message always fits");
        assertThrows(MessageLengthException.class, () -> tight.second().write(new byte[4097], false));
        assertFalse(tight.second().write(new byte[1], false));
    }

    @Test
    void aMessageThatAReaderWaitsForIsCompletedThoughThereIsNoRoom() throws Exception {
        ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
        writer.write(ByteBuffer.allocate(4 + 5000).putInt(15_000).array(), false);
        assertTrue(other.first().write(new byte[1 << 20], false));
        assertFalse(writer.write(new byte[10_000], false));
        assertNull(reader.readMessage(NO_LIMIT, false));
        assertTrue(writer.write(new byte[10_000], false));
        assertEquals(15_000, reader.readMessage(NO_LIMIT, false).length);
    }

    @Test
    void aLimitIsNotNegative() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new ChannelBudget(-1));
        assertEquals("the limit on bytes waiting in channels must not be negative: limit=-1", e.getMessage());
    }

    @Test
    void aWaitSetTellsWhoIsReady() throws Exception {
        ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
        List<ChannelEnd> both = List.of(reader, other.first());
        assertEquals(List.of(), WaitSet.await(both, 0));
        assertEquals(List.of(), WaitSet.await(both, TimeUnit.MILLISECONDS.toNanos(5)));
        FutureTask<List<ChannelEnd>> waiting = inThread(() -> WaitSet.await(both, NO_LIMIT));
        other.second().write(new byte[1], false);
        assertEquals(List.of(other.first()), waiting.get());
        writer.drop();
        assertEquals(both, WaitSet.await(both, NO_LIMIT));
    }

    @Test
    void aWaitEndsWhenItsThreadIsInterrupted() throws Exception {
        Thread thread = Thread.ofPlatform().unstarted(
                () -> assertThrows(InterruptedException.class, () -> WaitSet.await(List.of(reader), NO_LIMIT)));
        thread.start();
        thread.interrupt();
        thread.join();
    }
}
