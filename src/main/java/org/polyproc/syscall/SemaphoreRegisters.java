package org.polyproc.syscall;

import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAcquireLibrary;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.lang.ref.Reference;

/**
 * The registers of a semaphore, in the sense of a device's: two bytes in memory, reading which does something. It is the shortest way
 * from compiled Python code to Java. A call of a Java method converts its arguments and gives GraalPy's global lock back, which
 * takes many times as long as taking a free semaphore; an item of a {@code memoryview} is read by a direct call.
 *
 * <p>Reading {@link #ACQUIRE} takes a unit if one is free: 1 if so, otherwise 0. Reading {@link #RELEASE} gives a unit back and is
 * what {@link SemLock#release} returns. Nothing here ever waits.
 *
 * <p>Thread-safe, with the visibility of {@link SemLock}.
 */
@ExportLibrary(PythonBufferAcquireLibrary.class)
@ExportLibrary(PythonBufferAccessLibrary.class)
final class SemaphoreRegisters implements TruffleObject {

    static final int ACQUIRE = 0;
    static final int RELEASE = 1;
    private static final int LENGTH = 2;

    private final SemLock lock;

    SemaphoreRegisters(SemLock lock) {
        this.lock = lock;
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
        return LENGTH;
    }

    @ExportMessage
    boolean isReadonly() {
        return true;
    }

    @ExportMessage
    byte readByte(int offset) {
        byte result = (byte) (offset == ACQUIRE ? lock.acquireQuickly() ? 1 : 0 : lock.release());
        Reference.reachabilityFence(lock);
        return result;
    }

    /** Never called, since the registers can only be read. */
    @ExportMessage
    void writeByte(@SuppressWarnings("unused") int offset, @SuppressWarnings("unused") byte value) {
        throw CompilerDirectives.shouldNotReachHere();
    }

    @ExportMessage
    void readIntoByteArray(int offset, byte[] target, int start, int length) {
        for (int i = 0; i < length; i++) {
            target[start + i] = readByte(offset + i);
        }
    }
}
