package org.polyproc.kernel;

/** A kernel object, or a name of one, was refused because there are as many as allowed: POSIX's {@code ENFILE}. */
public final class ObjectLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ObjectLimitException(long limit) {
        super("the number of kernel objects must not exceed its limit: limit=" + limit);
    }
}
