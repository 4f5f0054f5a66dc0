package org.polyproc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
        assertEquals(semaphore, receiver.open(1, KernelSemaphore.class));
        assertEquals(semaphore, receiver.open(1, KernelSemaphore.class));
        receiver.open(1, KernelSemaphore.class);
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
}
