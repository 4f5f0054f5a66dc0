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
import org.polyproc.syscall.PickleOpcode;

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
            pickle.out.write(PickleOpcode.PROTO);
            pickle.out.write(PROTOCOL);
            pickle.write(copy);
            pickle.out.write(PickleOpcode.STOP);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a string must have no half of a surrogate pair", e);
        } catch (IOException e) {
            throw new AssertionError("an array can be written to", e);
        }
        return pickle.bytes.toByteArray();
    }

    private void write(Object value) throws IOException {
        switch (value) {
            case null -> out.write(PickleOpcode.NONE);
            case Boolean truth -> out.write(truth ? PickleOpcode.NEWTRUE : PickleOpcode.NEWFALSE);
            case Integer number -> writeInt(number);
            case Long number -> writeLong(number);
            case Double number -> {
                out.write(PickleOpcode.BINFLOAT);
                out.writeDouble(number);
            }
            case String text -> writeText(text);
            case byte[] data -> {
                writeHead(PickleOpcode.BINBYTES, data.length);
                out.write(data);
            }
            case List<?> list -> writeList(list);
            case Map<?, ?> map -> writeMap(map);
            default -> throw new IllegalArgumentException(
                    "a queue takes plain data only: class=" + value.getClass().getName());
        }
    }

    private void writeInt(int number) throws IOException {
        writeHead(PickleOpcode.BININT, number);
    }

    private void writeLong(long number) throws IOException {
        if (number == (int) number) {
            writeInt((int) number);
            return;
        }
        byte[] bigEndian = BigInteger.valueOf(number).toByteArray();
        out.write(PickleOpcode.LONG1);
        out.write(bigEndian.length);
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.write(bigEndian[i]);
        }
    }

    private void writeText(String text) throws IOException {
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        writeHead(PickleOpcode.BINUNICODE, encoded.remaining());
        out.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
    }

    private void writeList(List<?> list) throws IOException {
        out.write(PickleOpcode.EMPTY_LIST);
        out.write(PickleOpcode.MARK);
        for (Object item : list) {
            write(item);
        }
        out.write(PickleOpcode.APPENDS);
    }

    private void writeMap(Map<?, ?> map) throws IOException {
        out.write(PickleOpcode.EMPTY_DICT);
        out.write(PickleOpcode.MARK);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey());
            write(entry.getValue());
        }
        out.write(PickleOpcode.SETITEMS);
    }

    /** Writes an opcode and a number, its low byte first. */
    private void writeHead(int opcode, int number) throws IOException {
        out.write(opcode);
        out.writeInt(Integer.reverseBytes(number));
    }
}
