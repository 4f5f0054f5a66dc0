package org.polyproc.syscall;

import java.util.function.Supplier;
import org.polyproc.kernel.ObjectLimitException;

/**
 * The error numbers of Linux that system calls answer with, as Linux does: negative, where a result is 0 or more. The overlay makes
 * Python's {@code OSError} of them.
 */
final class Errno {

    static final int ENOENT = 2;
    static final int ESRCH = 3;
    /** A signal waits for the calling process: run its handlers and call again. */
    static final int EINTR = 4;
    /** The stream ended within a message. */
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    /** There are as many kernel objects as allowed. */
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EPIPE = 32;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    /** The message is longer than allowed, or its length makes no sense. */
    static final int EMSGSIZE = 90;
    static final int EADDRINUSE = 98;
    static final int ECONNREFUSED = 111;

    private Errno() {
    }

    /** Returns what a call returns, or -ENFILE if it would make or hold more kernel objects than allowed. */
    static <T> Object limited(Supplier<T> call) {
        try {
            return call.get();
        } catch (ObjectLimitException e) {
            return -ENFILE;
        }
    }
}
