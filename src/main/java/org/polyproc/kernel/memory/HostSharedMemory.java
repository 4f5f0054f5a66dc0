package org.polyproc.kernel.memory;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.function.IntSupplier;
import org.polyproc.kernel.Budget;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.Names;
import org.polyproc.kernel.ObjectLimitException;

/** Shared memory of one host's processes, which dies with the host. Thread-safe. */
public final class HostSharedMemory implements SharedMemory {

    private final IntSupplier ids;
    private final MemoryBudget budget;
    private final Names<Block> names;

    /**
     * @param ids     numbers for new kernel objects
     * @param budget  what the memory is taken from
     * @param objects what names are taken from
     */
    public HostSharedMemory(IntSupplier ids, MemoryBudget budget, Budget objects) {
        this.ids = ids;
        this.budget = budget;
        this.names = new Names<>(objects);
    }

    @Override
    public SharedMemoryObject open(Descriptors process, String name, boolean create, boolean exclusive, int mode)
            throws NoSuchFileException, FileAlreadyExistsException {
        boolean made = create && names.putIfAbsent(name, new Block(ids.getAsInt()));
        if (create && exclusive && !made) {
            throw new FileAlreadyExistsException(name);
        }
        try {
            return names.hold(name, process).orElseThrow(() -> new NoSuchFileException(name));
        } catch (ObjectLimitException e) {
            if (made) {
                names.remove(name);
            }
            throw e;
        }
    }

    @Override
    public void unlink(String name) throws NoSuchFileException {
        if (!names.remove(name)) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public void close() {
        names.close();
    }

    /** Holds its memory once there is some; whoever maps it holds it too. */
    private final class Block extends SharedMemoryObject {
        private Segment segment;

        Block(int id) {
            super(id);
        }

        @Override
        public synchronized long byteSize() {
            return segment == null ? 0 : segment.byteSize();
        }

        @Override
        public synchronized boolean resize(long byteSize) {
            if (segment == null) {
                segment = new Segment(ids.getAsInt(), byteSize, budget);
                segment.retain();
            }
            return segment.byteSize() == byteSize;
        }

        @Override
        public synchronized Segment map() {
            if (segment == null) {
                throw new IllegalStateException("an empty shared memory object can't be mapped: id=" + id());
            }
            return segment;
        }

        @Override
        protected synchronized void destroy() {
            if (segment != null) {
                segment.drop();
            }
        }
    }
}
