package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * System calls about shared memory, for {@code multiprocessing.sharedctypes}. Formats of cells are the names of
 * {@link CellFormat}. Thread-safe.
 */
public final class MemoryCalls {

    private final Kernel kernel;
    private final VirtualProcess self;
    private final Publisher publisher;

    MemoryCalls(Kernel kernel, VirtualProcess self, Publisher publisher) {
        this.kernel = kernel;
        this.self = self;
        this.publisher = publisher;
    }

    /**
     * Allocates zeroed cells of one type.
     *
     * @param format the cells' format
     * @param length how many, at least 0
     */
    @Export
    public SharedCells allocate(String format, long length) {
        CellFormat cell = CellFormat.of(format);
        if (length < 0) {
            throw new IllegalArgumentException("the number of cells must not be negative: length=" + length);
        }
        // An array of no cells has an identity all the same.
        long byteSize = Math.max(Math.multiplyExact(length, (long) cell.byteSize()), 1);
        Segment segment = self.descriptors().hold(kernel.segment(byteSize));
        return SharedCells.of(self.descriptors(), segment, new Cells(segment, cell, length));
    }

    /**
     * Opens cells that this process holds, because it inherited them.
     *
     * @param id     the segment's number
     * @param format the cells' format
     * @param length how many; the segment must hold them
     */
    @Export
    public SharedCells rebuild(int id, String format, long length) {
        Cells cells = new Cells(self.descriptors().get(id, Segment.class), CellFormat.of(format), length);
        return SharedCells.of(self.descriptors(), self.descriptors().open(id, Segment.class), cells);
    }

    /**
     * Leaves a variable of the main module for Java.
     *
     * @param name   its name
     * @param id     the number of its segment
     * @param format the format of its cells
     * @param length how many cells it has; -1 if it is a single value
     */
    @Export
    public void publish(String name, int id, String format, long length) {
        Segment segment = self.descriptors().get(id, Segment.class);
        publisher.publish(name, segment, new Cells(segment, CellFormat.of(format), Math.abs(length)), length < 0);
    }
}
