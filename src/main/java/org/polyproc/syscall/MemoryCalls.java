package org.polyproc.syscall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.ResourceTracker;
import org.polyproc.kernel.memory.CellFormat;
import org.polyproc.kernel.memory.Cells;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.memory.SharedMemory;
import org.polyproc.kernel.memory.SharedMemoryObject;
import org.polyproc.kernel.process.ProcessLimitException;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.Whereabouts.Occasion;
import org.polyproc.trace.MemoryWriteEvent;
import org.polyproc.trace.Trace;

/**
 * System calls about shared memory, for {@code multiprocessing.sharedctypes}, {@code multiprocessing.heap} and
 * {@code _posixshmem}. Thread-safe.
 */
public final class MemoryCalls {

    /** The largest block that a Python buffer can be made of, in bytes: GraalPy's indices have 31 bits. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    /** The flags of {@code open(2)} on Linux. */
    private static final int O_ACCMODE = 3;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;

    private final Kernel kernel;
    private final VirtualProcess self;
    private final Publisher publisher;

    MemoryCalls(Kernel kernel, VirtualProcess self, Publisher publisher) {
        this.kernel = kernel;
        this.self = self;
        this.publisher = publisher;
    }

    /** Returns whether a recording of the flight recorder asks for each write to a shared value. */
    @Export
    public boolean recordsWrites() {
        return Trace.isOn() && new MemoryWriteEvent().isEnabled();
    }

    /**
     * Tells the flight recorder of a write.
     *
     * @param segment the number of the memory
     * @param offset  where in it, in bytes
     * @param value   what it holds now, as Python prints it
     */
    @Export
    public void recordWrite(int segment, long offset, String value) {
        MemoryWriteEvent event = new MemoryWriteEvent();
        if (event.isEnabled()) {
            event.pid = self.pid();
            event.segment = segment;
            event.offset = offset;
            event.value = value;
            event.where = self.whereabouts().lineIfCheap(Occasion.WRITE);
            event.commit();
        }
    }

    /** A call that may fail as the operating system's does. */
    @FunctionalInterface
    private interface Call {
        Object apply() throws IOException;
    }

    private static Object call(Call call) {
        try {
            return call.apply();
        } catch (NoSuchFileException e) {
            return -Errno.ENOENT;
        } catch (FileAlreadyExistsException e) {
            return -Errno.EEXIST;
        } catch (AccessDeniedException e) {
            return -Errno.EACCES;
        } catch (IOException e) {
            return -Errno.EIO;
        } catch (OutOfMemoryError e) {
            // No block of this size outside of the heap; the heap itself is not used up.
            return -Errno.ENOMEM;
        }
    }

    private SharedBlock block(Segment held) {
        return new SharedBlock(new SharedBuffer(self.descriptors(), held));
    }

    /**
     * Allocates a zeroed block of memory.
     *
     * @param byteSize its size in bytes, at least 1
     * @return the {@link SharedBlock}; or -ENOMEM, -EINVAL
     */
    @Export
    public Object allocate(long byteSize) {
        if (byteSize < 1) {
            return -Errno.EINVAL;
        }
        if (byteSize > MAX_BYTES) {
            return -Errno.ENOMEM;
        }
        return call(() -> block(self.descriptors().hold(kernel.segment(byteSize))));
    }

    /**
     * Opens a block that this process holds, because it inherited it.
     *
     * @param number the segment's number
     * @return the {@link SharedBlock}, or -EBADF
     */
    @Export
    public Object open(int number) {
        return self.descriptors().find(number, Segment.class).isEmpty()
                ? -Errno.EBADF : block(self.descriptors().open(number, Segment.class));
    }

    /**
     * Opens a shared memory object, {@code shm_open(3)}.
     *
     * @param name  its name, at most {@link SharedMemory#MAX_NAME_BYTES} long; a slash in front adds nothing
     * @param flags O_RDWR, and O_CREAT and O_EXCL or not
     * @param mode  who may open it, see {@link SharedMemory#open}
     * @return the object's number; or -ENOENT, -EEXIST, -EACCES, -EINVAL, -EIO
     */
    @Export
    public Object openObject(String name, int flags, int mode) {
        String bare = name.replaceFirst("^/+", "");
        if (!isValid(bare)) {
            return -Errno.EINVAL;
        }
        if ((flags & O_ACCMODE) != O_RDWR) {
            return -Errno.EACCES;
        }
        return call(() -> kernel.sharedMemory().open(
                self.descriptors(), bare, (flags & O_CREAT) != 0, (flags & O_EXCL) != 0, mode).id());
    }

    /** Returns whether a name is one that glibc's {@code shm_open} takes. */
    private static boolean isValid(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0
                && name.getBytes(StandardCharsets.UTF_8).length <= SharedMemory.MAX_NAME_BYTES;
    }

    /**
     * Removes the name of a shared memory object, {@code shm_unlink(3)}.
     *
     * @return 0; or -ENOENT, -EACCES, -EINVAL, -EIO
     */
    @Export
    public Object unlinkObject(String name) {
        String bare = name.replaceFirst("^/+", "");
        return !isValid(bare) ? -Errno.EINVAL : call(() -> {
            kernel.sharedMemory().unlink(bare);
            return 0;
        });
    }

    /**
     * Sets the size of a shared memory object, {@code ftruncate(2)}; it can be set once.
     *
     * @param byteSize the size in bytes
     * @return 0; or -EBADF, -EINVAL, -ENOMEM, -EIO
     */
    @Export
    public Object resize(int number, long byteSize) {
        Optional<SharedMemoryObject> object = self.descriptors().find(number, SharedMemoryObject.class);
        if (object.isEmpty()) {
            return -Errno.EBADF;
        }
        if (byteSize < 1) {
            return -Errno.EINVAL;
        }
        if (byteSize > MAX_BYTES) {
            return -Errno.ENOMEM;
        }
        return call(() -> object.get().resize(byteSize) ? 0 : -Errno.EINVAL);
    }

    /** Returns the size of a shared memory object in bytes; or -EBADF, -EIO. */
    @Export
    public Object size(int number) {
        Optional<SharedMemoryObject> object = self.descriptors().find(number, SharedMemoryObject.class);
        return object.isEmpty() ? (Object) (-Errno.EBADF) : call(() -> object.get().byteSize());
    }

    /**
     * Maps a shared memory object, {@code mmap(2)}.
     *
     * @param byteSize how much of it: all
     * @return the {@link SharedBlock}; or -EBADF, -EINVAL if the size is another, -ENOMEM, -EIO
     */
    @Export
    public Object map(int number, long byteSize) {
        Optional<SharedMemoryObject> object = self.descriptors().find(number, SharedMemoryObject.class);
        if (object.isEmpty()) {
            return -Errno.EBADF;
        }
        return call(() -> {
            if (byteSize < 1 || object.get().byteSize() != byteSize) {
                return -Errno.EINVAL;
            }
            return byteSize > MAX_BYTES ? -Errno.ENOMEM : block(self.descriptors().hold(object.get().map()));
        });
    }

    /** Returns the number of the process that tracks the names of this program, 0 if it does not live. */
    @Export
    public int trackerPid() {
        return tracker().pid();
    }

    /** Starts the process that tracks names, unless it lives. Returns its number, or -EAGAIN if there are too many processes. */
    @Export
    public int startTracker() {
        try {
            return tracker().start(self);
        } catch (ProcessLimitException e) {
            return -Errno.EAGAIN;
        }
    }

    /**
     * Lets the tracking process remember a name, which is to be removed when the program has ended, unless it is
     * {@linkplain #untrack forgotten} before.
     *
     * @param type what it names, in the words of CPython's resource tracker
     * @return whether there is such a type, and a tracking process
     */
    @Export
    public boolean track(String type, String name) {
        return tracker().register(type, name);
    }

    /** Lets the tracking process forget a name, if it remembers it. */
    @Export
    public void untrack(String type, String name) {
        tracker().unregister(type, name);
    }

    private ResourceTracker tracker() {
        return self.descriptors().get(self.descriptors().ids(ResourceTracker.class).getFirst(), ResourceTracker.class);
    }

    /**
     * Leaves a variable of the main module for Java.
     *
     * @param name   its name
     * @param number the number of its segment
     * @param format the format of its cells, the name of a {@link CellFormat}
     * @param length how many cells it has; -1 if it is a single value
     */
    @Export
    public void publish(String name, int number, String format, long length) {
        Segment segment = self.descriptors().get(number, Segment.class);
        publisher.publish(name, segment, new Cells(segment, CellFormat.of(format), Math.abs(length)), length < 0);
    }
}
