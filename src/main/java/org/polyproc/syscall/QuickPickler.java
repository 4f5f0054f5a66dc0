package org.polyproc.syscall;

import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.builtins.objects.buffer.PythonBufferAccessLibrary;
import com.oracle.graal.python.builtins.objects.bytes.PBytes;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageLen;
import com.oracle.graal.python.builtins.objects.dict.PDict;
import com.oracle.graal.python.builtins.objects.list.PList;
import com.oracle.graal.python.builtins.objects.tuple.PTuple;
import com.oracle.graal.python.nodes.PGuards;
import com.oracle.graal.python.runtime.sequence.PSequence;
import com.oracle.graal.python.runtime.sequence.storage.BoolSequenceStorage;
import com.oracle.graal.python.runtime.sequence.storage.DoubleSequenceStorage;
import com.oracle.graal.python.runtime.sequence.storage.IntSequenceStorage;
import com.oracle.graal.python.runtime.sequence.storage.LongSequenceStorage;
import com.oracle.graal.python.runtime.sequence.storage.ObjectSequenceStorage;
import com.oracle.graal.python.runtime.sequence.storage.SequenceStorage;
import com.oracle.graal.python.util.PythonUtils;
import com.oracle.truffle.api.strings.TruffleString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Pickles objects of Python's that are plain data: {@code None}, bool, int of up to 64 bits, float, str, bytes, tuples and lists of
 * such, and empty dicts. GraalPy's own pickler takes many times as long, most of it for what only other objects have. The pickle is
 * the one that CPython makes with protocol 4, byte for byte.
 *
 * <p>Used once, by the thread that has GraalPy's global lock.
 */
final class QuickPickler {

    private static final int PROTOCOL = 4;

    /** How long a pickle may be, in bytes; a longer one has several frames. */
    private static final int LONGEST = 1 << 14;

    /** What {@code pickle} does not put into a frame: less than four bytes. */
    private static final int SHORTEST_FRAME = 4;

    /** Before the frame: the protocol. */
    private static final int PREFIX_BYTES = 2;
    private static final int FRAME_HEAD_BYTES = 1 + Long.BYTES;

    /** How many objects {@code pickle} appends to a list at once. */
    private static final int MOST_APPENDED = 1000;

    private static final int MOST_DEPTH = 8;
    /** How many objects are memorized at most; each is looked for among all. */
    private static final int MOST_MEMORIZED = 32;

    private final Object[] memo = new Object[MOST_MEMORIZED];
    private int memorized;
    private ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN).position(PREFIX_BYTES + FRAME_HEAD_BYTES);

    private QuickPickler() {
    }

    /** Returns an object's pickle; null if the object is not plain, or its pickle would be long. */
    static byte[] dump(Object object) {
        QuickPickler pickler = new QuickPickler();
        return pickler.write(object, 0) ? pickler.finish() : null;
    }

    private byte[] finish() {
        put(PickleOpcode.STOP);
        byte[] bytes = out.array();
        int end = out.position();
        int begin = PREFIX_BYTES + FRAME_HEAD_BYTES;
        int length = end - begin;
        if (length < SHORTEST_FRAME) {
            begin -= PREFIX_BYTES;
        } else {
            begin = 0;
            out.put(PREFIX_BYTES, (byte) PickleOpcode.FRAME).putLong(PREFIX_BYTES + 1, length);
        }
        out.put(begin, (byte) PickleOpcode.PROTO).put(begin + 1, (byte) PROTOCOL);
        return Arrays.copyOfRange(bytes, begin, end);
    }

    private boolean write(Object object, int depth) {
        return switch (object) {
            case Integer number -> writeInt(number);
            case Boolean truth -> put(truth ? PickleOpcode.NEWTRUE : PickleOpcode.NEWFALSE);
            case Long number -> number == (int) (long) number ? writeInt((int) (long) number) : writeLong(number);
            case Double number -> put(PickleOpcode.BINFLOAT) && room(Double.BYTES).putLong(
                    Long.reverseBytes(Double.doubleToRawLongBits(number))) != null;
            case TruffleString text -> recall(object) || writeText(text);
            case PNone none -> none == PNone.NONE && put(PickleOpcode.NONE);
            case PBytes bytes -> PGuards.isBuiltinBytes(bytes) && (recall(object) || writeBytes(bytes));
            case PTuple tuple -> PGuards.isBuiltinTuple(tuple) && depth < MOST_DEPTH && writeTuple(tuple, depth + 1);
            case PList list -> PGuards.isBuiltinList(list) && depth < MOST_DEPTH
                    && (recall(object) || writeList(list, depth + 1));
            case PDict dict -> PGuards.isBuiltinDict(dict) && HashingStorageLen.executeUncached(dict.getDictStorage()) == 0
                    && (recall(object) || put(PickleOpcode.EMPTY_DICT) && memorize(object));
            default -> false;
        };
    }

    private boolean writeInt(int number) {
        if (number >= 0 && number <= 0xff) {
            put(PickleOpcode.BININT1);
            return put(number);
        }
        if (number >= 0 && number <= 0xffff) {
            put(PickleOpcode.BININT2);
            room(Short.BYTES).putShort((short) number);
        } else {
            put(PickleOpcode.BININT);
            room(Integer.BYTES).putInt(number);
        }
        return true;
    }

    private boolean writeLong(long number) {
        int length = (Long.SIZE - Long.numberOfLeadingZeros(number ^ number >> Long.SIZE - 1)) / Byte.SIZE + 1;
        put(PickleOpcode.LONG1);
        put(length);
        room(Long.BYTES).putLong(number);
        out.position(out.position() - Long.BYTES + length);
        return true;
    }

    private boolean writeText(TruffleString text) {
        if (!text.isValidUncached(PythonUtils.TS_ENCODING)) {
            return false;
        }
        byte[] bytes = text.switchEncodingUncached(TruffleString.Encoding.UTF_8).copyToByteArrayUncached(TruffleString.Encoding.UTF_8);
        return writeData(PickleOpcode.SHORT_BINUNICODE, PickleOpcode.BINUNICODE, bytes) && memorize(text);
    }

    private boolean writeBytes(PBytes object) {
        byte[] bytes = PythonBufferAccessLibrary.getUncached().getCopiedByteArray(object);
        return writeData(PickleOpcode.SHORT_BINBYTES, PickleOpcode.BINBYTES, bytes) && memorize(object);
    }

    private boolean writeData(int shortOpcode, int opcode, byte[] bytes) {
        if (bytes.length > LONGEST) {
            return false;
        }
        if (bytes.length <= 0xff) {
            put(shortOpcode);
            put(bytes.length);
        } else {
            put(opcode);
            room(Integer.BYTES).putInt(bytes.length);
        }
        room(bytes.length).put(bytes);
        return true;
    }

    private boolean writeTuple(PTuple tuple, int depth) {
        int length = tuple.getSequenceStorage().length();
        if (length == 0) {
            return put(PickleOpcode.EMPTY_TUPLE);
        }
        if (recall(tuple)) {
            return true;
        }
        if (length > 3) {
            put(PickleOpcode.MARK);
        }
        Object[] items = items(tuple);
        if (items == null) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!write(items[i], depth)) {
                return false;
            }
        }
        put(length > 3 ? PickleOpcode.TUPLE : PickleOpcode.TUPLE1 + length - 1);
        // It is written already if it contains itself.
        return number(tuple) < 0 && memorize(tuple);
    }

    private boolean writeList(PList list, int depth) {
        put(PickleOpcode.EMPTY_LIST);
        int length = list.getSequenceStorage().length();
        Object[] items = length == 0 ? new Object[0] : items(list);
        if (items == null || length > MOST_APPENDED || !memorize(list)) {
            return false;
        }
        if (length > 1) {
            put(PickleOpcode.MARK);
        }
        for (int i = 0; i < length; i++) {
            if (!write(items[i], depth)) {
                return false;
            }
        }
        return length == 0 || put(length == 1 ? PickleOpcode.APPEND : PickleOpcode.APPENDS);
    }

    /** Returns at least the items of a sequence that is not empty, or null. */
    private static Object[] items(PSequence sequence) {
        SequenceStorage storage = sequence.getSequenceStorage();
        if (storage.length() > LONGEST) {
            return null;
        }
        return switch (storage) {
            case ObjectSequenceStorage objects -> objects.getInternalObjectArray();
            case IntSequenceStorage ints -> ints.getCopyOfInternalArray();
            case LongSequenceStorage longs -> longs.getCopyOfInternalArray();
            case DoubleSequenceStorage doubles -> doubles.getCopyOfInternalArray();
            case BoolSequenceStorage bools -> bools.getCopyOfInternalArray();
            default -> null;
        };
    }

    /** Writes the number of an object that has been written; returns false if it has not. */
    private boolean recall(Object object) {
        int number = number(object);
        if (number < 0) {
            return false;
        }
        put(PickleOpcode.BINGET);
        return put(number);
    }

    private int number(Object object) {
        for (int i = 0; i < memorized; i++) {
            if (memo[i] == object) {
                return i;
            }
        }
        return -1;
    }

    private boolean memorize(Object object) {
        if (memorized == MOST_MEMORIZED) {
            return false;
        }
        memo[memorized] = object;
        memorized++;
        return put(PickleOpcode.MEMOIZE) && out.position() <= LONGEST;
    }

    private boolean put(int number) {
        room(1).put((byte) number);
        return true;
    }

    private ByteBuffer room(int count) {
        if (out.remaining() < count) {
            int position = out.position();
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), 2 * out.capacity() + count)).order(ByteOrder.LITTLE_ENDIAN).position(position);
        }
        return out;
    }
}
