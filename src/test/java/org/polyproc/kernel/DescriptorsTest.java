package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.polyproc.kernel.sync.KernelSemaphore;

class DescriptorsTest {

    private final Descriptors giver = new Descriptors();
    private final Descriptors receiver = new Descriptors();
    private final KernelSemaphore semaphore = giver.hold(new KernelSemaphore(1, 1, 1));

    @Test
    void whoOpensWhatWasGivenTakesThatHoldOver() {
        giver.give(1, receiver);
        giver.give(1, receiver);
        giver.drop(1);
        assertEquals(Optional.of(semaphore), receiver.tryOpen(1, KernelSemaphore.class));
        assertEquals(Optional.of(semaphore), receiver.tryOpen(1, KernelSemaphore.class));
        receiver.tryOpen(1, KernelSemaphore.class);
        for (int holds = 3; holds > 0; holds--) {
            assertEquals(List.of(1), receiver.ids(KernelSemaphore.class));
            receiver.drop(1);
        }
        assertEquals(0, receiver.size());
        assertThrows(IllegalStateException.class, semaphore::tryAcquire);
    }

    @Test
    void onlyWhatIsHeldIsGiven() {
        assertThrows(IllegalArgumentException.class, () -> giver.give(2, receiver));
        receiver.close();
        assertThrows(IllegalStateException.class, () -> giver.give(1, receiver));
    }

    @Test
    void whatIsPinnedStaysWhenItsNumberIsClosed() {
        giver.pin(1);
        assertEquals(false, giver.close(1));
        giver.hold(semaphore);
        assertEquals(true, giver.close(1));
        assertEquals(false, giver.close(1));
        assertEquals(false, semaphore.isDestroyed());
        giver.unpin(1);
        assertEquals(true, semaphore.isDestroyed());
        assertEquals(false, giver.close(1));
    }

    @Test
    void objectsAreLimitedTogether() {
        Budget objects = new Budget(2);
        Descriptors first = new Descriptors(objects);
        Descriptors second = new Descriptors(objects);
        KernelSemaphore mine = first.holdNew(new KernelSemaphore(2, 1, 1));
        first.hold(mine);
        second.hold(mine);
        KernelSemaphore refused = new KernelSemaphore(3, 1, 1);
        assertEquals("the number of kernel objects must not exceed its limit: limit=2",
                assertThrows(ObjectLimitException.class, () -> second.holdNew(refused)).getMessage());
        assertEquals(true, refused.isDestroyed());

        first.hold(mine);
        assertEquals(2, objects.used());
        first.close();
        assertEquals(1, objects.used());
        second.holdNew(new KernelSemaphore(4, 1, 1));
        second.close();
        assertEquals(0, objects.used());
    }

    @Test
    void anHeirIsRefusedWhatIsTooMuchAndJavaIsNot() {
        Budget objects = new Budget(1);
        Descriptors heir = new Descriptors(objects);
        giver.hold(new KernelSemaphore(5, 1, 1));
        assertThrows(ObjectLimitException.class, () -> giver.share(List.of(1, 5), heir));
        assertEquals(0, objects.used());

        Descriptors guest = new Descriptors(objects);
        giver.give(1, guest);
        giver.give(5, guest);
        assertEquals(2, objects.used());
        guest.close();
        assertEquals(0, objects.used());
    }

    @Test
    void namesCountToo() {
        Budget objects = new Budget(1);
        Names<KernelSemaphore> names = new Names<>(objects);
        assertEquals(true, names.putIfAbsent("a", semaphore));
        assertThrows(ObjectLimitException.class, () -> names.putIfAbsent("b", semaphore));
        assertEquals(false, names.putIfAbsent("a", semaphore));
        assertEquals(true, names.remove("a"));
        assertEquals(true, names.putIfAbsent("b", semaphore));
        names.close();
        assertEquals(0, objects.used());
    }
}
