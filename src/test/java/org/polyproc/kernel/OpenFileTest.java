package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenFileTest {

    private final AtomicInteger closed = new AtomicInteger();
    private final Closeable file = closed::incrementAndGet;
    private final Descriptors holder = new Descriptors();
    private final OpenFile object = holder.hold(new OpenFile(1, file));

    @Test
    void itIsTakenOnce() {
        assertSame(file, object.take().orElseThrow());
        assertEquals(Optional.empty(), object.take());
        holder.close();
        assertEquals(0, closed.get());
    }

    @Test
    void whatNobodyTookIsClosedWithTheLastHolder() {
        Descriptors other = new Descriptors();
        holder.give(1, other);
        holder.close();
        assertEquals(0, closed.get());
        other.close();
        assertEquals(1, closed.get());
    }
}
