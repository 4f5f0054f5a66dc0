package org.polyproc.guest;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/**
 * A file system without files, in which nothing can be made. GraalPy takes the polyglot API's own denial of all access for an
 * internal error as soon as it looks for the working directory; here that is {@code /}, the one folder, and every file is simply
 * not there. Immutable.
 */
public final class EmptyFileSystem implements FileSystem {

    private static final Path ROOT = Path.of("/");

    private EmptyFileSystem() {
    }

    /** Returns access to no file but those of the Python home, which GraalPy reads for its standard library. */
    public static IOAccess access() {
        return IOAccess.newBuilder().fileSystem(FileSystem.allowInternalResourceAccess(new EmptyFileSystem())).build();
    }

    @Override
    public Path parsePath(URI uri) {
        return Path.of(uri);
    }

    @Override
    public Path parsePath(String path) {
        return Path.of(path);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) throws IOException {
        requireRoot(path);
        if (modes.contains(AccessMode.WRITE)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private void requireRoot(Path path) throws NoSuchFileException {
        if (!toRealPath(path).equals(ROOT)) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        throw new AccessDeniedException(folder.toString());
    }

    @Override
    public void delete(Path path) throws IOException {
        throw new NoSuchFileException(path.toString());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (options.contains(StandardOpenOption.WRITE)) {
            throw new AccessDeniedException(path.toString());
        }
        throw new NoSuchFileException(path.toString());
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        requireRoot(folder);
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return Collections.emptyIterator();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return ROOT.resolve(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) {
        return ROOT.resolve(path).normalize();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        requireRoot(path);
        if (attributes.startsWith("posix:") || attributes.startsWith("unix:")) {
            throw new UnsupportedOperationException("there are only basic attributes: " + attributes);
        }
        FileTime never = FileTime.fromMillis(0);
        return Map.of("isDirectory", true, "isRegularFile", false, "isSymbolicLink", false, "isOther", false, "size", 0L,
                "creationTime", never, "lastModifiedTime", never, "lastAccessTime", never);
    }

    @Override
    public void setCurrentWorkingDirectory(Path folder) {
        if (!toRealPath(folder).equals(ROOT)) {
            throw new IllegalArgumentException("there is no other folder than /: " + folder);
        }
    }
}
