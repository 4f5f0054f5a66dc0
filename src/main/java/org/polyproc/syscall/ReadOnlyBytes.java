package org.polyproc.syscall;

import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAcquireLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;

/**
 * Bytes for Python: a bytes-like object that can't be changed, which {@code bytes} and {@code pickle.loads} copy in one step. Python
 * can do nothing else with it.
 *
 * <p>An array of Java's would be copied byte by byte, and a string would have to be encoded.
 *
 * <p>Immutable.
 */
@ExportLibrary(PythonBufferAcquireLibrary.class)
@ExportLibrary(PythonBufferAccessLibrary.class)
public final class ReadOnlyBytes implements TruffleObject {

    private final byte[] bytes;

    /**
     * @param bytes not to be changed afterwards
     */
    public ReadOnlyBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @ExportMessage
    boolean hasBuffer() {
        return true;
    }

    @ExportMessage
    Object acquire(@SuppressWarnings("unused") int flags) {
        return this;
    }

    @ExportMessage
    boolean isBuffer() {
        return true;
    }

    @ExportMessage
    int getBufferLength() {
        return bytes.length;
    }

    @ExportMessage
    boolean hasInternalByteArray() {
        return true;
    }

    @ExportMessage
    byte[] getInternalByteArray() {
        return bytes;
    }

    @ExportMessage
    byte readByte(int offset) {
        return bytes[offset];
    }
}
