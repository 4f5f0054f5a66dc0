package org.polyproc.kernel.channel;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.Scenario;

/** Channels, listeners and wait sets under the model checker. */
class ChannelModelCheck {

    private static final byte[] LETTER = {'a'};
    /** With it, a pipe is full but for four bytes. */
    private static final byte[] LARGE = new byte[BytePipe.CAPACITY - 4];
    private static final long NO_LIMIT = Long.MAX_VALUE;

    /** The two ends of a pipe, held once. */
    private abstract static class PipeScenario extends Scenario {
        final ChannelBudget budget;
        final ChannelEnd reader;
        final ChannelEnd writer;

        PipeScenario(int threads) {
            this(threads, NO_LIMIT);
        }

        PipeScenario(int threads, long limit) {
            super(threads);
            budget = new ChannelBudget(limit);
            ChannelEnd.Pair pair = ChannelEnd.pair(1, 2, false, budget);
            reader = pair.first();
            writer = pair.second();
            reader.retain();
            writer.retain();
        }
    }

    /** What does not wait, for Lincheck to combine. */
    public static final class Operations {
        private final BytePipe pipe = new BytePipe(new ChannelBudget(NO_LIMIT));

        /** Writes one byte. */
        @Operation
        public boolean writeLetter() throws IOException, InterruptedException {
            return pipe.write(LETTER, false);
        }

        /** Writes nearly as much as there is room for. */
        @Operation
        public boolean writeMuch() throws IOException, InterruptedException {
            return pipe.write(LARGE, false);
        }

        /** Reads up to three bytes; the number of bytes, -1 if it would wait. */
        @Operation
        public int read() throws InterruptedException {
            byte[] bytes = pipe.read(3, false);
            return bytes == null ? -1 : bytes.length;
        }

        /** {@link BytePipe#isReadable}. */
        @Operation
        public boolean isReadable() {
            return pipe.isReadable();
        }

        /** {@link BytePipe#closeWriter}. */
        @Operation(runOnce = true)
        public void closeWriter() {
            pipe.closeWriter();
        }

        /** {@link BytePipe#closeReader}. */
        @Operation(runOnce = true)
        public void closeReader() {
            pipe.closeReader();
        }
    }

    /** What a pipe is when one thread at a time uses it. */
    public static final class Specification {
        private long available;
        private boolean writerGone;
        private boolean readerGone;

        /** Writes one byte. */
        public boolean writeLetter() throws BrokenPipeException {
            return write(1);
        }

        /** Writes nearly as much as there is room for. */
        public boolean writeMuch() throws BrokenPipeException {
            return write(LARGE.length);
        }

        private boolean write(int count) throws BrokenPipeException {
            if (readerGone) {
                throw new BrokenPipeException();
            }
            if (available > 0 && available + count > BytePipe.CAPACITY) {
                return false;
            }
            available += count;
            return true;
        }

        /** Reads up to three bytes. */
        public int read() {
            if (available == 0 && !writerGone) {
                return -1;
            }
            int count = (int) Math.min(3, available);
            available -= count;
            return count;
        }

        /** Returns whether a read would not wait. */
        public boolean isReadable() {
            return available > 0 || writerGone;
        }

        /** Ends the stream. */
        public void closeWriter() {
            writerGone = true;
        }

        /** Throws away what waits. */
        public void closeReader() {
            readerGone = true;
            available = 0;
        }
    }

    @Test
    void whatDoesNotWaitIsLinearizable() {
        check(Operations.class, Specification.class);
    }

    @Test
    void whatDoesNotWaitForRoomIsLinearizable() {
        check(BudgetOperations.class, BudgetSpecification.class);
    }

    private static void check(Class<?> operations, Class<?> specification) {
        new ModelCheckingOptions().sequentialSpecification(specification).iterations(8).invocationsPerIteration(200)
                .threads(2).actorsBefore(1).actorsPerThread(3).actorsAfter(1).check(operations);
    }

    /** What does not wait, in two pipes that share a budget. */
    public static final class BudgetOperations {
        private final ChannelBudget budget = new ChannelBudget(BudgetSpecification.LIMIT);
        private final BytePipe pipe = new BytePipe(budget);
        private final BytePipe other = new BytePipe(budget);

        /** Writes to the one pipe. */
        @Operation
        public boolean write() throws IOException, InterruptedException {
            return pipe.write(new byte[BudgetSpecification.COUNT], false);
        }

        /** Writes as much to the other pipe. */
        @Operation
        public boolean writeOther() throws IOException, InterruptedException {
            return other.write(new byte[BudgetSpecification.COUNT], false);
        }

        /** Empties the one pipe. */
        @Operation
        public int read() throws InterruptedException {
            byte[] bytes = pipe.read(BytePipe.CAPACITY, false);
            return bytes == null ? -1 : bytes.length;
        }

        /** Empties the other pipe for ever. */
        @Operation(runOnce = true)
        public void closeOther() {
            other.closeReader();
        }
    }

    /** What two pipes with a budget are when one thread at a time uses them. */
    public static final class BudgetSpecification {
        static final int COUNT = 2 * BytePipe.UNCOUNTED;
        /** Room for one write. */
        static final int LIMIT = COUNT - BytePipe.HEADER_BYTES;

        private boolean holds;
        private boolean otherHolds;
        private boolean closed;

        /** Writes to the one pipe, if both are empty. */
        public boolean write() {
            boolean fits = !holds && !otherHolds;
            holds |= fits;
            return fits;
        }

        /** Writes to the other pipe. */
        public boolean writeOther() throws BrokenPipeException {
            if (closed) {
                throw new BrokenPipeException();
            }
            boolean fits = !holds && !otherHolds;
            otherHolds |= fits;
            return fits;
        }

        /** Empties the one pipe. */
        public int read() {
            int count = holds ? COUNT : -1;
            holds = false;
            return count;
        }

        /** Empties the other pipe for ever. */
        public void closeOther() {
            closed = true;
            otherHolds = false;
        }
    }

    @Test
    void aReaderIsWokenByEachPieceOfAMessage() {
        Scenario.check(() -> new PipeScenario(2) {
            @Override
            protected void first() throws Exception {
                require(reader.readMessage(NO_LIMIT, true).length == 1, "the message is read");
            }

            @Override
            protected void second() throws Exception {
                writer.write(new byte[] {0, 0}, true);
                writer.write(new byte[] {0, 1, 'm'}, true);
            }
        });
    }

    @Test
    void twoReadersAreWokenByTwoMessagesInOnePiece() {
        Scenario.check(() -> new PipeScenario(3) {
            private boolean firstRead;
            private boolean secondRead;

            @Override
            protected void first() throws Exception {
                firstRead = reader.readMessage(NO_LIMIT, true).length == 1;
            }

            @Override
            protected void second() throws Exception {
                secondRead = reader.readMessage(NO_LIMIT, true).length == 1;
            }

            @Override
            protected void third() throws Exception {
                writer.write(new byte[] {0, 0, 0, 1, 'm', 0, 0, 0, 1, 'n'}, true);
            }

            @Override
            protected void after() {
                require(firstRead && secondRead, "each reader gets a message");
                require(!reader.isReady(), "nothing is left");
            }
        });
    }

    @Test
    void aReaderThatRefusesAMessageLeavesTheRestToTheNext() {
        Scenario.check(() -> new PipeScenario(3) {
            private final AtomicInteger refused = new AtomicInteger();

            private void readShortMessage() throws IOException, InterruptedException {
                try {
                    require(reader.readMessage(1, true).length == 1, "what is read is short");
                } catch (MessageLengthException e) {
                    refused.incrementAndGet();
                }
            }

            @Override
            protected void first() throws Exception {
                readShortMessage();
            }

            @Override
            protected void second() throws Exception {
                readShortMessage();
            }

            @Override
            protected void third() throws Exception {
                // Of a message that is refused, only the length is taken: here, nothing else is there of it.
                writer.write(new byte[] {0, 0, 0, 2, 0, 0, 0, 1, 'm'}, true);
            }

            @Override
            protected void after() {
                require(refused.get() == 1, "one message is too long");
            }
        });
    }

    @Test
    void theEndOfTheStreamWakesAllReaders() {
        Scenario.check(() -> new PipeScenario(3) {
            private final AtomicInteger ends = new AtomicInteger();

            private void readToTheEnd() throws IOException, InterruptedException {
                try {
                    reader.readMessage(NO_LIMIT, true);
                } catch (EOFException e) {
                    ends.incrementAndGet();
                }
            }

            @Override
            protected void first() throws Exception {
                readToTheEnd();
            }

            @Override
            protected void second() throws Exception {
                readToTheEnd();
            }

            @Override
            protected void third() throws Exception {
                writer.drop();
            }

            @Override
            protected void after() {
                require(ends.get() == 2, "each reader comes to the end");
            }
        });
    }

    @Test
    void allWritersForWhomAReaderMakesRoomGoOn() {
        Scenario.check(() -> new PipeScenario(3) {
            @Override
            protected void first() throws Exception {
                writer.write(new byte[5], true);
            }

            @Override
            protected void second() throws Exception {
                writer.write(new byte[5], true);
            }

            @Override
            protected void third() throws Exception {
                writer.write(LARGE, false);
                reader.read(LARGE.length, true);
            }
        });
    }

    @Test
    void writersLearnThatTheReaderIsGone() {
        Scenario.check(() -> new PipeScenario(3) {
            private final AtomicInteger broken = new AtomicInteger();

            private void writeMuch() throws IOException, InterruptedException {
                try {
                    writer.write(LARGE, true);
                    writer.write(LARGE, true);
                } catch (BrokenPipeException e) {
                    broken.incrementAndGet();
                }
            }

            @Override
            protected void first() throws Exception {
                writeMuch();
            }

            @Override
            protected void second() throws Exception {
                writeMuch();
            }

            @Override
            protected void third() {
                reader.drop();
            }

            @Override
            protected void after() {
                require(broken.get() >= 1, "four messages don't fit");
            }
        });
    }

    /** Two pipes with a budget. */
    private abstract static class BudgetScenario extends PipeScenario {
        static final int PAGE = BytePipe.UNCOUNTED;
        /** One page counts. */
        static final byte[] PAGES = new byte[2 * PAGE];
        static final int ROOM_FOR_ONE = 2 * PAGE - BytePipe.HEADER_BYTES;
        static final int LENGTH_IN_PIECES = 4 * PAGE;

        final ChannelEnd otherReader;
        final ChannelEnd otherWriter;

        BudgetScenario(int threads, int limit) {
            super(threads, limit);
            ChannelEnd.Pair other = ChannelEnd.pair(3, 4, false, budget);
            otherReader = other.first();
            otherWriter = other.second();
            otherReader.retain();
            otherWriter.retain();
        }

        /** Leaves no room for a page. */
        boolean fillOther() {
            try {
                return otherWriter.write(PAGES, false);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aReaderThatMakesRoomWhileAWriterLooksForItWakesIt() {
        Scenario.check(() -> new BudgetScenario(2, BudgetScenario.ROOM_FOR_ONE) {
            private final boolean full = fillOther();

            @Override
            protected void first() throws Exception {
                writer.write(PAGES, true);
            }

            @Override
            protected void second() throws Exception {
                otherReader.read(PAGES.length, false);
            }

            @Override
            protected void after() {
                require(full && budget.used() == PAGE, "only what was written last is waiting");
            }
        });
    }

    @Test
    void aReaderWakesWhoWaitsForRoomInAnotherPipe() {
        Scenario.check(() -> new BudgetScenario(3, BudgetScenario.ROOM_FOR_ONE) {
            @Override
            protected void first() throws Exception {
                writer.write(PAGES, true);
            }

            @Override
            protected void second() throws Exception {
                otherWriter.write(PAGES, true);
            }

            @Override
            protected void third() throws Exception {
                for (int i = 0; i < 2; i++) {
                    WaitSet.await(List.of(reader, otherReader), NO_LIMIT).getFirst().read(PAGES.length, false);
                }
            }

            @Override
            protected void after() {
                require(budget.used() == 0, "what was read is given back");
            }
        });
    }

    @Test
    void writersOfOnePipeWhoWaitForRoomAreAllWoken() {
        Scenario.check(() -> new BudgetScenario(3, 4 * BudgetScenario.PAGE) {
            @Override
            protected void first() throws Exception {
                writer.write(PAGES, true);
            }

            @Override
            protected void second() throws Exception {
                writer.write(PAGES, true);
            }

            @Override
            protected void third() throws Exception {
                // Leaves no room for a page.
                byte[] most = new byte[4 * PAGE + 1];
                if (otherWriter.write(most, false)) {
                    otherReader.read(most.length, false);
                }
            }
        });
    }

    @Test
    void aReaderThatGoesWakesWhoWaitsForRoomInAnotherPipe() {
        Scenario.check(() -> new BudgetScenario(3, BudgetScenario.ROOM_FOR_ONE) {
            @Override
            protected void first() throws Exception {
                writer.write(PAGES, true);
            }

            @Override
            protected void second() throws Exception {
                try {
                    otherWriter.write(PAGES, true);
                } catch (BrokenPipeException e) {
                    // It came too late.
                }
            }

            @Override
            protected void third() {
                otherReader.drop();
            }

            @Override
            protected void after() throws Exception {
                require(budget.used() == BytePipe.UNCOUNTED, "a pipe that is gone holds nothing");
                reader.drop();
                require(budget.used() == 0, "no pipe holds anything");
            }
        });
    }

    @Test
    void aWriterThatIsInterruptedTakesNothing() {
        Scenario.check(() -> new BudgetScenario(2, BudgetScenario.ROOM_FOR_ONE) {
            @Override
            protected void first() throws Exception {
                try {
                    otherWriter.write(PAGES, false);
                    writer.write(PAGES, true);
                } catch (InterruptedException e) {
                    // It gives up.
                }
            }

            @Override
            protected void second() throws Exception {
                interruptFirst();
            }

            @Override
            protected void after() throws Exception {
                otherReader.read(PAGES.length, false);
                reader.read(PAGES.length, false);
                require(budget.used() == 0, "all is given back");
            }
        });
    }

    @Test
    void twoMessagesInPiecesAreBothCompleted() {
        // Each message fits, and the first pieces of both do; then the rest of neither would.
        Scenario.check(() -> new BudgetScenario(3, BudgetScenario.LENGTH_IN_PIECES) {

            @Override
            protected void first() throws Exception {
                require(reader.readMessage(NO_LIMIT, true).length == LENGTH_IN_PIECES, "the first message is read");
            }

            @Override
            protected void second() throws Exception {
                require(otherReader.readMessage(NO_LIMIT, true).length == LENGTH_IN_PIECES, "the second message is read");
            }

            @Override
            protected void third() throws Exception {
                byte[] header = {0, 0, LENGTH_IN_PIECES >> 8, 0};
                byte[] most = new byte[0x2800];
                byte[] rest = new byte[LENGTH_IN_PIECES - most.length];
                for (ChannelEnd end : new ChannelEnd[] {writer, otherWriter}) {
                    end.write(header, true);
                    end.write(most, true);
                }
                writer.write(rest, true);
                otherWriter.write(rest, true);
            }
        });
    }

    @Test
    void aWaitEndsWhateverBecomesReady() {
        Scenario.check(() -> new PipeScenario(3) {
            private final ChannelEnd.Pair other = ChannelEnd.pair(3, 4, true, budget);
            private List<ChannelEnd> ready = List.of();

            @Override
            protected void first() throws Exception {
                ready = WaitSet.await(List.of(reader, other.first()), NO_LIMIT);
            }

            @Override
            protected void second() throws Exception {
                writer.write(LETTER, true);
            }

            @Override
            protected void third() {
                other.second().retain();
                other.second().drop();
            }

            @Override
            protected void after() throws Exception {
                require(!ready.isEmpty(), "the wait ends when something is ready");
                require(WaitSet.await(List.of(reader, other.first()), 0).size() == 2, "both stay ready");
            }
        });
    }

    @Test
    void allWhoWaitForTheSameAreWoken() {
        Scenario.check(() -> new PipeScenario(3) {
            private boolean firstWoken;
            private boolean secondWoken;

            @Override
            protected void first() throws Exception {
                firstWoken = !WaitSet.await(List.of(reader), NO_LIMIT).isEmpty();
            }

            @Override
            protected void second() throws Exception {
                secondWoken = !WaitSet.await(List.of(reader), NO_LIMIT).isEmpty();
            }

            @Override
            protected void third() throws Exception {
                writer.write(LETTER, true);
            }

            @Override
            protected void after() {
                require(firstWoken && secondWoken, "each wait sees what is ready");
            }
        });
    }

    @Test
    void aWaitThatIsCalledForWhatIsGoneWaitsForTheNext() {
        Scenario.check(() -> new PipeScenario(3) {
            private List<ChannelEnd> ready = List.of();

            @Override
            protected void first() throws Exception {
                ready = WaitSet.await(List.of(reader), NO_LIMIT);
            }

            @Override
            protected void second() throws Exception {
                reader.read(1, true);
            }

            @Override
            protected void third() throws Exception {
                writer.write(LETTER, true);
                writer.write(LETTER, true);
            }

            @Override
            protected void after() {
                require(ready.equals(List.of(reader)), "the wait ends with what is ready");
            }
        });
    }

    /** A thread connects, another one waits for it or accepts. */
    private abstract static class ListenerScenario extends Scenario {
        final Exchange exchange = new Exchange(new AtomicInteger()::incrementAndGet, new ChannelBudget(NO_LIMIT));
        final ChannelListener listener = exchange.listen("here", 0);
        ChannelEnd client;

        ListenerScenario(int threads) {
            super(threads);
            listener.retain();
        }

        @Override
        protected void first() throws Exception {
            client = listener.connect();
        }
    }

    @Test
    void aWaitForAListenerEndsWhenSomebodyConnects() {
        Scenario.check(() -> new ListenerScenario(2) {
            @Override
            protected void second() throws Exception {
                require(!WaitSet.await(List.of(listener), NO_LIMIT).isEmpty(), "somebody has connected");
                require(listener.accept(false) != null, "who has connected can be accepted");
            }
        });
    }

    @Test
    void whoConnectsAndWhoAcceptsMeet() {
        Scenario.check(() -> new ListenerScenario(3) {
            private ChannelEnd other;

            @Override
            protected void second() throws Exception {
                other = listener.connect();
            }

            @Override
            protected void third() throws Exception {
                require(listener.accept(true) != null, "the first one is accepted");
                require(listener.accept(true) != null, "the second one is accepted");
            }

            @Override
            protected void after() {
                require(client != null && other != null, "both are connected");
            }
        });
    }

    @Test
    void aListenerThatGoesLetsNobodyWait() {
        Scenario.check(() -> new ListenerScenario(3) {
            private ChannelEnd other;

            @Override
            protected void second() throws Exception {
                other = listener.connect();
            }

            @Override
            protected void third() {
                listener.drop();
            }

            @Override
            protected void after() {
                require(client == null || client.isReady(), "who was not accepted comes to the end of the stream");
                require(other == null || other.isReady(), "who was not accepted comes to the end of the stream");
            }
        });
    }
}
