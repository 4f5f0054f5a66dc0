package org.polyproc.kernel.channel;

import java.io.IOException;

/** Says that a path is too long for the address of a socket. */
public final class PathLengthException extends IOException {

    private static final long serialVersionUID = 1L;

    PathLengthException(String path, int maxBytes) {
        super("the path of a socket must have at most " + maxBytes + " bytes: path=" + path);
    }
}
