package org.polyproc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.Kernel;

class ExchangeTest {

    private final Kernel kernel = new Kernel(1);
    private final Exchange exchange = kernel.exchange();

    @Test
    void whoConnectsGetsTheOtherEndOfWhatIsAccepted() throws Exception {
        ChannelListener listener = exchange.listen("here", 1);
        listener.retain();
        assertFalse(listener.isReady());
        ChannelEnd client = exchange.find("here").connect();
        client.retain();
        assertTrue(client.write(new byte[] {1}, false), "a client may write before it is accepted");
        assertTrue(listener.isReady());
        assertArrayEquals(new byte[] {1}, listener.accept(true).read(10, true));
        assertNull(listener.accept(false));
    }

    @Test
    void anAddressIsFreeWhenItsListenerIsGone() {
        ChannelListener listener = exchange.listen("here", 1);
        listener.retain();
        assertNull(exchange.listen("here", 1));
        assertNotNull(exchange.listen("there", 1));
        listener.drop();
        assertNull(exchange.find("here"));
        assertNotNull(exchange.listen("here", 1));
    }

    @Test
    void whoConnectsWaitsWhileTheBacklogIsFull() throws Exception {
        ChannelListener listener = exchange.listen("here", 0);
        listener.retain();
        listener.connect();
        FutureTask<ChannelEnd> second = new FutureTask<>(listener::connect);
        Thread.ofPlatform().daemon().start(second);
        listener.accept(true);
        assertNotNull(second.get());
    }

    @Test
    void aListenerThatGoesRefusesWhoWaitsAndClosesWhatItDidNotAccept() throws Exception {
        ChannelListener listener = exchange.listen("here", 0);
        listener.retain();
        ChannelEnd client = listener.connect();
        client.retain();
        FutureTask<ChannelEnd> waiting = new FutureTask<>(listener::connect);
        Thread.ofPlatform().daemon().start(waiting);
        listener.drop();
        assertNull(waiting.get());
        assertEquals(0, client.read(1, true).length, "the end of the stream");
        assertNull(listener.accept(true));
    }

    @Test
    void anObjectIsClaimedOnceByItsToken() {
        Descriptors sender = new Descriptors();
        Descriptors receiver = new Descriptors();
        ChannelEnd end = sender.hold(kernel.channel(true).first());
        String token = kernel.transfers().offer(sender, end.id());
        assertEquals(Optional.empty(), kernel.transfers().claim("guessed", receiver));
        assertEquals(Optional.of(end.id()), kernel.transfers().claim(token, receiver));
        assertEquals(Optional.empty(), kernel.transfers().claim(token, receiver));
        assertEquals(1, sender.size());
        sender.close();
        assertEquals(end, receiver.get(end.id(), ChannelEnd.class));
    }

    @Test
    void anOfferEndsWithItsSender() {
        Descriptors sender = new Descriptors();
        ChannelEnd.Pair pair = kernel.channel(true);
        pair.second().retain();
        String token = kernel.transfers().offer(sender, sender.hold(pair.first()).id());
        sender.close();
        assertEquals(Optional.empty(), kernel.transfers().claim(token, new Descriptors()));
        assertTrue(pair.second().isReady(), "nobody holds the other end any more");
    }
}
