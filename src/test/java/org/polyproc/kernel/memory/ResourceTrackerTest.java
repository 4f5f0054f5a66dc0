package org.polyproc.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceTrackerTest {

    private final List<String> unlinked = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ResourceTracker tracker = new ResourceTracker(1, Map.of("shared_memory", this::unlink), warnings::add);

    private void unlink(String name) throws IOException {
        if (name.equals("/gone")) {
            throw new NoSuchFileException(name);
        }
        if (name.equals("/locked")) {
            throw new IOException("no access");
        }
        unlinked.add(name);
    }

    @Test
    void itRemovesWhatIsLeftWhenItsLastHolderIsGone() {
        tracker.retain();
        tracker.retain();
        for (String name : List.of("/a", "/b", "/b", "/gone", "/locked", "/c")) {
            assertTrue(tracker.register("shared_memory", name));
        }
        tracker.unregister("shared_memory", "/b");
        tracker.unregister("shared_memory", "/never");
        tracker.drop();
        assertEquals(List.of(), unlinked);
        tracker.drop();
        assertEquals(List.of("/a", "/c"), unlinked);
        assertEquals(List.of(
                "resource_tracker: There appear to be 4 leaked shared_memory objects to clean up at shutdown",
                "resource_tracker: '/gone': [Errno 2] No such file or directory: '/gone'",
                "resource_tracker: '/locked': no access"), warnings);
    }

    @Test
    void itSaysNothingIfNothingIsLeft() {
        tracker.retain();
        tracker.register("shared_memory", "/a");
        tracker.unregister("shared_memory", "/a");
        tracker.drop();
        assertEquals(List.of(), warnings);
    }

    @Test
    void itKnowsItsTypes() {
        assertFalse(tracker.register("socket", "/a"));
    }
}
