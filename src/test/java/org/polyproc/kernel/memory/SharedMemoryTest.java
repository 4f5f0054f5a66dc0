package org.polyproc.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyproc.kernel.Budget;
import org.polyproc.kernel.Descriptors;

/** What both kinds of shared memory must do, and what only one does. */
class SharedMemoryTest {

    private static final AtomicInteger IDS = new AtomicInteger();

    private final Descriptors process = new Descriptors();
    private final String name = "polyproc-test-" + ProcessHandle.current().pid() + "-" + IDS.incrementAndGet();

    static List<SharedMemory> kinds() {
        return List.of(new HostSharedMemory(IDS::incrementAndGet, new MemoryBudget(1 << 20), Budget.unlimited()),
                new PosixSharedMemory(IDS::incrementAndGet));
    }

    @AfterEach
    void unlink() throws IOException {
        Files.deleteIfExists(Path.of("/dev/shm", name));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNameLeadsToTheSameMemoryUntilItIsUnlinked(SharedMemory memory) throws IOException {
        SharedMemoryObject first = memory.open(process, name, true, true, 0600);
        assertEquals(0, first.byteSize());
        assertTrue(first.resize(100));
        Segment one = first.map();
        one.retain();
        Segment two = memory.open(process, name, false, false, 0).map();
        two.retain();
        assertEquals(100, two.byteSize());
        one.memory().set(ValueLayout.JAVA_BYTE, 99, (byte) 5);
        assertEquals(5, two.memory().get(ValueLayout.JAVA_BYTE, 99));

        memory.unlink(name);
        assertThrows(NoSuchFileException.class, () -> memory.unlink(name));
        assertThrows(NoSuchFileException.class, () -> memory.open(process, name, false, false, 0));
        assertEquals(5, two.memory().get(ValueLayout.JAVA_BYTE, 99));

        SharedMemoryObject again = memory.open(process, name, true, true, 0600);
        again.resize(100);
        assertEquals(0, again.map().memory().get(ValueLayout.JAVA_BYTE, 99));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNameCanBeMadeOnceExclusively(SharedMemory memory) throws IOException {
        assertThrows(NoSuchFileException.class, () -> memory.open(process, name, false, false, 0600));
        memory.open(process, name, true, false, 0600).resize(10);
        assertEquals(10, memory.open(process, name, true, false, 0600).byteSize());
        assertThrows(FileAlreadyExistsException.class, () -> memory.open(process, name, true, true, 0600));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSizeIsSetOnce(SharedMemory memory) throws IOException {
        SharedMemoryObject object = memory.open(process, name, true, true, 0600);
        assertThrows(IllegalStateException.class, object::map);
        assertTrue(object.resize(10));
        assertTrue(object.resize(10));
        assertFalse(object.resize(20));
        assertEquals(10, object.byteSize());
    }

    @Test
    void theHostsMemoryIsGivenBackWithItsNameAndItsUsers() throws IOException {
        SharedMemory memory = new HostSharedMemory(IDS::incrementAndGet, new MemoryBudget(1 << 20), Budget.unlimited());
        SharedMemoryObject object = memory.open(process, name, true, true, 0600);
        object.resize(4096);
        Segment segment = object.map();
        segment.retain();
        process.close();
        memory.close();
        assertEquals(0, segment.memory().get(ValueLayout.JAVA_BYTE, 0));
        segment.drop();
        assertThrows(IllegalStateException.class, () -> segment.memory().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void theMachinesMemoryHasAnOwner() throws IOException {
        new PosixSharedMemory(IDS::incrementAndGet).open(process, name, true, true, 0640);
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of("/dev/shm", name))));
    }
}
