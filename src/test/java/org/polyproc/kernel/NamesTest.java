package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final class Thing extends KernelObject {
        private int destroyed;

        Thing(int id) {
            super(id);
        }

        @Override
        protected void destroy() {
            destroyed++;
        }
    }

    private final Names<Thing> names = new Names<>();
    private final Thing thing = new Thing(1);

    @Test
    void aNameIsGivenOnce() {
        Thing other = new Thing(2);
        assertEquals(Optional.empty(), names.find("a"));
        assertTrue(names.putIfAbsent("a", thing));
        assertFalse(names.putIfAbsent("a", other));
        assertFalse(names.putIfAbsent("a", thing));
        assertEquals(Optional.of(thing), names.find("a"));
        assertTrue(names.putIfAbsent("b", other));
    }

    @Test
    void aNameHoldsItsObject() {
        names.putIfAbsent("a", thing);
        thing.retain();
        thing.drop();
        assertEquals(0, thing.destroyed);
        assertTrue(names.remove("a"));
        assertEquals(1, thing.destroyed);
        assertEquals(Optional.empty(), names.find("a"));
        assertFalse(names.remove("a"));
        assertEquals(1, thing.destroyed);
    }

    @Test
    void whoHoldsAnObjectKeepsItWithoutItsName() {
        names.putIfAbsent("a", thing);
        thing.retain();
        names.remove("a");
        assertEquals(0, thing.destroyed);
        assertTrue(names.putIfAbsent("a", new Thing(2)), "the name must be free again");
        thing.drop();
        assertEquals(1, thing.destroyed);
    }

    @Test
    void aProcessTakesHoldOfWhatHasAName() {
        Descriptors process = new Descriptors();
        assertEquals(Optional.empty(), names.hold("a", process));
        names.putIfAbsent("a", thing);
        assertEquals(Optional.of(thing), names.hold("a", process));
        names.remove("a");
        assertEquals(thing, process.get(1, Thing.class));
        process.close();
        assertEquals(1, thing.destroyed);
    }

    @Test
    void anObjectMayHaveTwoNames() {
        names.putIfAbsent("a", thing);
        names.putIfAbsent("b", thing);
        names.remove("a");
        assertEquals(Optional.of(thing), names.find("b"));
        assertEquals(0, thing.destroyed);
    }

    @Test
    void closingRemovesAllNames() {
        Thing other = new Thing(2);
        names.putIfAbsent("a", thing);
        names.putIfAbsent("b", other);
        names.close();
        names.close();
        assertEquals(List.of(1, 1), List.of(thing.destroyed, other.destroyed));
        assertEquals(Optional.empty(), names.find("a"));
        Thing late = new Thing(3);
        Exception e = assertThrows(IllegalStateException.class, () -> names.putIfAbsent("c", late));
        assertEquals("a closed table takes no names: name=c", e.getMessage());
        late.retain();
        late.drop();
        assertEquals(1, late.destroyed, "a refused name must not hold anything");
    }

    @Test
    void ofThoseWhoWantANameOneGetsIt() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Long>> tasks = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int id = t;
            FutureTask<Long> task = new FutureTask<>(() -> {
                start.await();
                return Stream.iterate(0, i -> i < 1000, i -> i + 1)
                        .filter(i -> names.putIfAbsent("name" + i, new Thing(id))).count();
            });
            tasks.add(task);
            Thread.ofPlatform().start(task);
        }
        start.countDown();
        long given = 0;
        for (FutureTask<Long> task : tasks) {
            given += task.get();
        }
        assertEquals(1000, given);
    }
}
