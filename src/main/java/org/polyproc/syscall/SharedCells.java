package org.polyproc.syscall;

import java.lang.ref.Reference;
import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;

/**
 * Shared memory as one process sees it: a row of cells of one type. Thread-safe; the order of accesses is that of
 * {@link Cells}.
 *
 * <p>The memory lives while a process holds it. An access keeps its object reachable to its own end, so that the memory is not
 * freed under it.
 */
public abstract class SharedCells {

    private final Hold hold;
    final Cells cells;

    SharedCells(Descriptors descriptors, Segment segment, Cells cells) {
        this.cells = cells;
        this.hold = new Hold(this, descriptors, segment.id());
    }

    static SharedCells of(Descriptors descriptors, Segment segment, Cells cells) {
        return cells.format().isReal()
                ? new RealCells(descriptors, segment, cells)
                : new IntegerCells(descriptors, segment, cells);
    }

    /** Returns the number under which the process holds the segment. */
    @Export
    public int handle() {
        return hold.id();
    }

    /**
     * Copies cells out.
     *
     * @param start the first cell
     * @param count how many
     * @return their bytes, as {@link Syscalls#text} makes them
     */
    @Export
    public String read(long start, long count) {
        try {
            return Syscalls.text(cells.read(start, count));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Copies cells in.
     *
     * @param start the first cell
     * @param bytes bytes-like: the cells' new bytes, a whole number of cells
     */
    @Export
    public void write(long start, Value bytes) {
        cells.write(start, Syscalls.bytes(bytes));
        Reference.reachabilityFence(this);
    }

    /** Cells that Python reads and writes as {@code int}. */
    public static final class IntegerCells extends SharedCells {
        IntegerCells(Descriptors descriptors, Segment segment, Cells cells) {
            super(descriptors, segment, cells);
        }

        /** Reads a cell. */
        @Export
        public long get(long index) {
            try {
                return cells.getLong(index);
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        /** Writes a cell; the bits that do not fit are cut off. */
        @Export
        public void set(long index, long value) {
            cells.setLong(index, value);
            Reference.reachabilityFence(this);
        }
    }

    /** Cells that Python reads and writes as {@code float}. */
    public static final class RealCells extends SharedCells {
        RealCells(Descriptors descriptors, Segment segment, Cells cells) {
            super(descriptors, segment, cells);
        }

        /** Reads a cell. */
        @Export
        public double get(long index) {
            try {
                return cells.getDouble(index);
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        /** Writes a cell. */
        @Export
        public void set(long index, double value) {
            cells.setDouble(index, value);
            Reference.reachabilityFence(this);
        }
    }
}
