package org.polyproc.syscall;

import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAcquireLibrary;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.lang.ref.Reference;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.memory.Segment;

/**
 * A segment as an object of Python's buffer protocol: what {@code memoryview} takes, and with it slices, casts, {@code struct},
 * {@code readinto} and all else that works on buffers, without a copy. Python can do nothing else with it.
 *
 * <p>Single items are read and written by messages of their own, which are compiled into Python's code; the library's defaults would
 * do it byte by byte.
 *
 * <p>Thread-safe; the order of accesses is {@link Segment}'s. The memory lives as long as its process has a view of it: each
 * access keeps this object reachable to its own end.
 *
 * <p>GraalPy 25.0 makes views of objects that its own buffer library knows, and of no memory outside of its heap; this class joins
 * that library. Later versions make views of Java's {@code ByteBuffer}s and won't need it.
 */
@ExportLibrary(PythonBufferAcquireLibrary.class)
@ExportLibrary(PythonBufferAccessLibrary.class)
final class SharedBuffer implements TruffleObject {

    private final Segment segment;
    private final Hold hold;

    /**
     * @param descriptors the process's kernel objects, with a hold on the segment, which is given back when this is garbage
     * @param segment     the memory, at most 2 GiB - 1
     */
    SharedBuffer(Descriptors descriptors, Segment segment) {
        this.segment = segment;
        this.hold = new Hold(this, descriptors, segment.id());
    }

    /** Returns the number under which the process holds the segment. */
    int handle() {
        return hold.id();
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
        return (int) segment.byteSize();
    }

    @ExportMessage
    boolean isReadonly() {
        return false;
    }

    @ExportMessage
    void readIntoByteArray(int offset, byte[] target, int start, int length) {
        if (length == 1) {
            target[start] = readByte(offset);
        } else {
            copyOut(offset, target, start, length);
        }
    }

    @TruffleBoundary
    private void copyOut(int offset, byte[] target, int start, int length) {
        segment.read(offset, target, start, length);
        Reference.reachabilityFence(this);
    }

    /** Of a slice with a step, each item is written by itself. */
    @ExportMessage
    void writeFromByteArray(int offset, byte[] source, int start, int length) {
        if (length == 1) {
            writeByte(offset, source[start]);
        } else {
            copyIn(offset, source, start, length);
        }
    }

    @TruffleBoundary
    private void copyIn(int offset, byte[] source, int start, int length) {
        segment.write(offset, source, start, length);
        Reference.reachabilityFence(this);
    }

    @ExportMessage
    byte readByte(int offset) {
        byte value = segment.getByte(offset);
        Reference.reachabilityFence(this);
        return value;
    }

    @ExportMessage
    void writeByte(int offset, byte value) {
        segment.setByte(offset, value);
        Reference.reachabilityFence(this);
    }

    @ExportMessage
    short readShort(int offset) {
        short value = segment.getShort(offset);
        Reference.reachabilityFence(this);
        return value;
    }

    @ExportMessage
    void writeShort(int offset, short value) {
        segment.setShort(offset, value);
        Reference.reachabilityFence(this);
    }

    @ExportMessage
    int readInt(int offset) {
        int value = segment.getInt(offset);
        Reference.reachabilityFence(this);
        return value;
    }

    @ExportMessage
    void writeInt(int offset, int value) {
        segment.setInt(offset, value);
        Reference.reachabilityFence(this);
    }

    @ExportMessage
    long readLong(int offset) {
        long value = segment.getLong(offset);
        Reference.reachabilityFence(this);
        return value;
    }

    @ExportMessage
    void writeLong(int offset, long value) {
        segment.setLong(offset, value);
        Reference.reachabilityFence(this);
    }

    @ExportMessage
    float readFloat(int offset) {
        return Float.intBitsToFloat(readInt(offset));
    }

    @ExportMessage
    void writeFloat(int offset, float value) {
        writeInt(offset, Float.floatToRawIntBits(value));
    }

    @ExportMessage
    double readDouble(int offset) {
        return Double.longBitsToDouble(readLong(offset));
    }

    @ExportMessage
    void writeDouble(int offset, double value) {
        writeLong(offset, Double.doubleToRawLongBits(value));
    }
}
