package org.polyproc;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;

/**
 * Shared memory with its type and lock: what a value and an array have in common. Each access keeps this object reachable to its
 * own end, so that the memory is not freed under it. Thread-safe.
 */
final class LockedCells {

    private final Holdings host;
    private final Segment segment;
    private final char typeCode;
    private final Cells cells;
    private final SharedLock lock;

    /** Cells that Java holds; the lock is null if the object has none. */
    LockedCells(Holdings host, Segment segment, char typeCode, long length, SharedLock lock) {
        this.host = host;
        this.segment = segment;
        this.typeCode = typeCode;
        this.cells = new Cells(segment, TypeCode.format(typeCode), length);
        this.lock = lock;
        host.hold(this, segment);
    }

    /** Cells that somebody else holds, and that have no lock. */
    LockedCells(Cells cells) {
        this.host = null;
        this.segment = null;
        this.typeCode = 0;
        this.cells = cells;
        this.lock = null;
    }

    /** Returns the host, or null if Java does not hold the memory itself. */
    Holdings host() {
        return host;
    }

    Segment segment() {
        return segment;
    }

    char typeCode() {
        return typeCode;
    }

    long length() {
        return cells.length();
    }

    CellFormat format() {
        return cells.format();
    }

    /** Returns the lock, or null. */
    SharedLock lock() {
        return lock;
    }

    SharedLock requireLock() {
        if (lock == null) {
            throw new IllegalStateException("an object without a lock has none");
        }
        return lock;
    }

    MemorySegment memory() {
        return cells.memory();
    }

    /** Returns a view for items of one of the formats. */
    ByteBuffer buffer(CellFormat... formats) {
        for (CellFormat format : formats) {
            if (format == cells.format()) {
                return cells.memory().asByteBuffer().order(ByteOrder.nativeOrder());
            }
        }
        throw new IllegalStateException("the elements must be " + formats[0].byteSize() * Byte.SIZE + "-bit "
                + (formats[0].isReal() ? "real numbers" : "integers") + ": format=" + cells.format());
    }

    long getLong(long index) {
        try {
            return cells.getLong(index);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    double getDouble(long index) {
        try {
            return cells.getDouble(index);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    void setLong(long index, long value) {
        cells.setLong(index, value);
        Reference.reachabilityFence(this);
    }

    void setDouble(long index, double value) {
        cells.setDouble(index, value);
        Reference.reachabilityFence(this);
    }

    long getAndAdd(long index, long delta) {
        requireLock().lock();
        try {
            long previous = getLong(index);
            if (format().isReal()) {
                setDouble(index, getDouble(index) + delta);
            } else {
                setLong(index, previous + delta);
            }
            return previous;
        } finally {
            lock.unlock();
        }
    }

    double getAndAdd(long index, double delta) {
        requireLock().lock();
        try {
            double previous = getDouble(index);
            setDouble(index, previous + delta);
            return previous;
        } finally {
            lock.unlock();
        }
    }

    boolean compareAndSet(long index, long expected, long value) {
        requireLock().lock();
        try {
            boolean equal = format().isReal() ? getDouble(index) == expected : getLong(index) == expected;
            if (equal) {
                setLong(index, value);
            }
            return equal;
        } finally {
            lock.unlock();
        }
    }

    boolean compareAndSet(long index, double expected, double value) {
        requireLock().lock();
        try {
            boolean equal = getDouble(index) == expected;
            if (equal) {
                setDouble(index, value);
            }
            return equal;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockedCells that && that.cells.memory().equals(cells.memory());
    }

    @Override
    public int hashCode() {
        return cells.memory().hashCode();
    }
}
