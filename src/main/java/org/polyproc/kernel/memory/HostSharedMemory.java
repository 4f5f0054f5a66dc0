package org.polyproc.kernel.memory;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Shared memory of one host's processes, which dies with the host. Thread-safe. */
public final class HostSharedMemory implements SharedMemory {

    private final IntSupplier ids;
    private final MemoryBudget budget;
    private final Map<String, Block> blocks = new HashMap<>();

    /**
     * @param ids    numbers for new kernel objects
     * @param budget what the memory is taken from
     */
    public HostSharedMemory(IntSupplier ids, MemoryBudget budget) {
        this.ids = ids;
        this.budget = budget;
    }

    @Override
    public synchronized SharedMemoryObject open(String name, boolean create, boolean exclusive, int mode)
            throws NoSuchFileException, FileAlreadyExistsException {
        Block block = blocks.get(name);
        if (block == null) {
            if (!create) {
                throw new NoSuchFileException(name);
            }
            block = new Block(ids.getAsInt());
            block.retain();
            blocks.put(name, block);
        } else if (create && exclusive) {
            throw new FileAlreadyExistsException(name);
        }
        return block;
    }

    @Override
    public synchronized void unlink(String name) throws NoSuchFileException {
        Block block = blocks.remove(name);
        if (block == null) {
            throw new NoSuchFileException(name);
        }
        block.drop();
    }

    @Override
    public synchronized void close() {
        blocks.values().forEach(Block::drop);
        blocks.clear();
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
