package org.polyproc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes plain data as Python pickles it: what {@link Handover#copy} lets through, without callbacks and shared objects. The
 * counterpart of {@link PlainUnpickler}.
 */
final class PlainPickle {

    private static final int PROTOCOL = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private PlainPickle() {
    }

    /**
     * Returns the pickle of a copy that {@link Handover#copy} made.
     *
     * @throws IllegalArgumentException if something in it can't be pickled
     */
    static byte[] dump(Object copy) {
        PlainPickle pickle = new PlainPickle();
        try {
            pickle.out.write(Opcode.PROTO);
            pickle.out.write(PROTOCOL);
            pickle.write(copy);
            pickle.out.write(Opcode.STOP);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a string must have no half of a surrogate pair", e);
        } catch (IOException e) {
            throw new AssertionError("an array can be written to", e);
        }
        return pickle.bytes.toByteArray();
    }

    private void write(Object value) throws IOException {
        switch (value) {
            case null -> out.write(Opcode.NONE);
            case Boolean truth -> out.write(truth ? Opcode.NEWTRUE : Opcode.NEWFALSE);
            case Integer number -> writeInt(number);
            case Long number -> writeLong(number);
            case Double number -> {
                out.write(Opcode.BINFLOAT);
                out.writeDouble(number);
            }
            case String text -> writeText(text);
            case byte[] data -> {
                writeHead(Opcode.BINBYTES, data.length);
                out.write(data);
            }
            case List<?> list -> writeList(list);
            case Map<?, ?> map -> writeMap(map);
            default -> throw new IllegalArgumentException(
                    "a queue takes plain data only: class=" + value.getClass().getName());
        }
    }

    private void writeInt(int number) throws IOException {
        writeHead(Opcode.BININT, number);
    }

    private void writeLong(long number) throws IOException {
        if (number == (int) number) {
            writeInt((int) number);
            return;
        }
        byte[] bigEndian = BigInteger.valueOf(number).toByteArray();
        out.write(Opcode.LONG1);
        out.write(bigEndian.length);
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.write(bigEndian[i]);
        }
    }

    private void writeText(String text) throws IOException {
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        writeHead(Opcode.BINUNICODE, encoded.remaining());
        out.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
    }

    private void writeList(List<?> list) throws IOException {
        out.write(Opcode.EMPTY_LIST);
        out.write(Opcode.MARK);
        for (Object item : list) {
            write(item);
        }
        out.write(Opcode.APPENDS);
    }

    private void writeMap(Map<?, ?> map) throws IOException {
        out.write(Opcode.EMPTY_DICT);
        out.write(Opcode.MARK);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey());
            write(entry.getValue());
        }
        out.write(Opcode.SETITEMS);
    }

    /** Writes an opcode and a number, its low byte first. */
    private void writeHead(int opcode, int number) throws IOException {
        out.write(opcode);
        out.writeInt(Integer.reverseBytes(number));
    }

    /** What plain data needs of the pickle machine's instructions, named as in CPython's {@code pickletools}. */
    static final class Opcode {
        static final int MARK = '(';
        static final int STOP = '.';
        static final int POP = '0';
        static final int POP_MARK = '1';
        static final int BININT = 'J';
        static final int BININT1 = 'K';
        static final int BININT2 = 'M';
        static final int NONE = 'N';
        static final int BINUNICODE = 'X';
        static final int BINFLOAT = 'G';
        static final int APPEND = 'a';
        static final int APPENDS = 'e';
        static final int BINBYTES = 'B';
        static final int SHORT_BINBYTES = 'C';
        static final int GLOBAL = 'c';
        static final int BINGET = 'h';
        static final int LONG_BINGET = 'j';
        static final int EMPTY_LIST = ']';
        static final int BINPUT = 'q';
        static final int LONG_BINPUT = 'r';
        static final int SETITEM = 's';
        static final int TUPLE = 't';
        static final int EMPTY_TUPLE = ')';
        static final int SETITEMS = 'u';
        static final int EMPTY_DICT = '}';
        static final int PROTO = 0x80;
        static final int TUPLE1 = 0x85;
        static final int TUPLE2 = 0x86;
        static final int TUPLE3 = 0x87;
        static final int NEWTRUE = 0x88;
        static final int NEWFALSE = 0x89;
        static final int LONG1 = 0x8a;
        static final int LONG4 = 0x8b;
        static final int SHORT_BINUNICODE = 0x8c;
        static final int BINUNICODE8 = 0x8d;
        static final int BINBYTES8 = 0x8e;
        static final int STACK_GLOBAL = 0x93;
        static final int MEMOIZE = 0x94;
        static final int FRAME = 0x95;

        private Opcode() {
        }
    }
}
