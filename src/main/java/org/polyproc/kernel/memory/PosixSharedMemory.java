package org.polyproc.kernel.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.polyproc.kernel.Descriptors;

/**
 * The machine's POSIX shared memory, which other programs see: on Linux the files of one folder in memory. Names stay when the
 * host is closed. Thread-safe.
 */
public final class PosixSharedMemory implements SharedMemory {

    /** Where glibc's {@code shm_open} keeps the objects. */
    private static final Path FOLDER = Path.of("/dev/shm");

    private final IntSupplier ids;

    /**
     * @param ids numbers for new kernel objects
     * @throws IllegalStateException if this machine has no such folder
     */
    public PosixSharedMemory(IntSupplier ids) {
        if (!Files.isDirectory(FOLDER)) {
            throw new IllegalStateException("POSIX shared memory needs the folder " + FOLDER + ", which this machine does not have");
        }
        this.ids = ids;
    }

    @Override
    public SharedMemoryObject open(Descriptors process, String name, boolean create, boolean exclusive, int mode)
            throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(
                StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (create) {
            options.add(exclusive ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        }
        FileChannel file = FileChannel.open(
                FOLDER.resolve(name), options, PosixFilePermissions.asFileAttribute(permissions(mode)));
        return process.holdNew(new OpenFile(ids.getAsInt(), file));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // From others' execute, the lowest bit, to the owner's read; the enumeration begins at the other end.
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode >> bit & 1) != 0) {
                permissions.add(all[all.length - 1 - bit]);
            }
        }
        return permissions;
    }

    @Override
    public void unlink(String name) throws IOException {
        Files.delete(FOLDER.resolve(name));
    }

    @Override
    public void close() {
        // The names are the machine's.
    }

    private final class OpenFile extends SharedMemoryObject {
        private final FileChannel file;

        OpenFile(int id, FileChannel file) {
            super(id);
            this.file = file;
        }

        @Override
        public long byteSize() throws IOException {
            return file.size();
        }

        @Override
        public boolean resize(long byteSize) throws IOException {
            if (file.size() == 0) {
                file.write(ByteBuffer.allocate(1), byteSize - 1);
            }
            return file.size() == byteSize;
        }

        @Override
        public Segment map() throws IOException {
            long byteSize = file.size();
            if (byteSize == 0) {
                throw new IllegalStateException("an empty shared memory object can't be mapped: id=" + id());
            }
            Arena arena = Arena.ofShared();
            try {
                return new Segment(ids.getAsInt(), arena, file.map(FileChannel.MapMode.READ_WRITE, 0, byteSize, arena));
            } catch (IOException | RuntimeException | Error e) {
                arena.close();
                throw e;
            }
        }

        @Override
        protected void destroy() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
