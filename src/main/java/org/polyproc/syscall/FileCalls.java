package org.polyproc.syscall;

import java.io.Closeable;
import java.util.Optional;
import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.OpenFile;
import org.polyproc.kernel.process.VirtualProcess;

/** System calls about open files on their way to other processes, for {@code multiprocessing.reduction}. Thread-safe. */
public final class FileCalls {

    private final Kernel kernel;
    private final VirtualProcess self;

    FileCalls(Kernel kernel, VirtualProcess self) {
        this.kernel = kernel;
        this.self = self;
    }

    /**
     * Makes a kernel object of an open file, which can be passed on.
     *
     * @param fd a file descriptor of the calling interpreter; it stays open
     * @return the object's number; or -EBADF, -ENFILE, -ENOSYS if the interpreter's descriptors can't be reached
     */
    @Export
    public Object wrap(int fd) {
        Optional<FileTable> table = FileTable.current();
        if (table.isEmpty()) {
            return -Errno.ENOSYS;
        }
        Optional<Closeable> file = table.get().duplicate(fd);
        return file.isEmpty() ? (Object) (-Errno.EBADF)
                : Errno.limited(() -> self.descriptors().holdNew(kernel.openFile(file.get())).id());
    }

    /**
     * Makes a file descriptor of a kernel object that stands for an open file, and gives the hold on the object back.
     *
     * @return the descriptor; of another object, its number; or -EBADF, -ENOSYS if the interpreter's descriptors can't be reached
     */
    @Export
    public int unwrap(int number) {
        Optional<KernelObject> object = self.descriptors().find(number, KernelObject.class);
        if (object.isEmpty()) {
            return -Errno.EBADF;
        }
        if (!(object.get() instanceof OpenFile wrapped)) {
            return number;
        }
        Optional<FileTable> table = FileTable.current();
        int fd = table.isEmpty() ? -Errno.ENOSYS : wrapped.take().map(table.get()::install).orElse(-Errno.EBADF);
        self.descriptors().close(number);
        return fd;
    }
}
