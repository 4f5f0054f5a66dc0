package org.polyproc;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.polyproc.syscall.PickleOpcode;

/**
 * Reads plain data from a pickle that anybody may have made: nothing is called and no class is looked up, so it can do no harm. The
 * types are those of {@link PythonCallback#call}.
 */
final class PlainUnpickler {

    /** How deep containers may be in each other: far more than Python's recursive pickler writes, far less than a stack takes. */
    private static final int MAX_DEPTH = 1000;

    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();

    private PlainUnpickler(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns what a pickle describes.
     *
     * @throws IllegalArgumentException if it is anything else than plain data
     */
    static Object load(byte[] pickle) {
        PlainUnpickler unpickler = new PlainUnpickler(pickle);
        Object value;
        try {
            value = unpickler.run();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NoSuchElementException | ClassCastException e) {
            throw new IllegalArgumentException("what is taken from a queue must be a pickle", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a str for Java must have no half of a surrogate pair", e);
        }
        checkNesting(value, Collections.newSetFromMap(new IdentityHashMap<>()), new ArrayDeque<>());
        return value;
    }

    private Object run() throws CharacterCodingException {
        while (true) {
            int opcode = in.get() & 0xff;
            if (opcode == PickleOpcode.STOP) {
                return pop();
            }
            execute(opcode);
        }
    }

    private void execute(int opcode) throws CharacterCodingException {
        switch (opcode) {
            case PickleOpcode.PROTO -> in.get();
            case PickleOpcode.FRAME -> in.getLong();
            case PickleOpcode.NONE -> stack.add(null);
            case PickleOpcode.NEWTRUE -> stack.add(true);
            case PickleOpcode.NEWFALSE -> stack.add(false);
            case PickleOpcode.BININT -> stack.add((long) in.getInt());
            case PickleOpcode.BININT1 -> stack.add((long) (in.get() & 0xff));
            case PickleOpcode.BININT2 -> stack.add((long) (in.getShort() & 0xffff));
            case PickleOpcode.LONG1 -> stack.add(number(bytes(in.get() & 0xff)));
            case PickleOpcode.LONG4 -> stack.add(number(bytes(in.getInt())));
            case PickleOpcode.BINFLOAT -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case PickleOpcode.SHORT_BINUNICODE -> stack.add(text(in.get() & 0xff));
            case PickleOpcode.BINUNICODE -> stack.add(text(in.getInt()));
            case PickleOpcode.BINUNICODE8 -> stack.add(text(in.getLong()));
            case PickleOpcode.SHORT_BINBYTES -> stack.add(bytes(in.get() & 0xff));
            case PickleOpcode.BINBYTES -> stack.add(bytes(in.getInt()));
            case PickleOpcode.BINBYTES8 -> stack.add(bytes(in.getLong()));
            case PickleOpcode.EMPTY_LIST, PickleOpcode.EMPTY_TUPLE -> stack.add(new ArrayList<>());
            case PickleOpcode.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case PickleOpcode.MARK -> marks.push(stack.size());
            case PickleOpcode.TUPLE -> stack.add(popToMark());
            case PickleOpcode.TUPLE1, PickleOpcode.TUPLE2, PickleOpcode.TUPLE3 ->
                stack.add(popTo(stack.size() - (opcode - PickleOpcode.TUPLE1 + 1)));
            case PickleOpcode.APPEND -> append(popTo(stack.size() - 1));
            case PickleOpcode.APPENDS -> append(popToMark());
            case PickleOpcode.SETITEM -> setItems(popTo(stack.size() - 2));
            case PickleOpcode.SETITEMS -> setItems(popToMark());
            case PickleOpcode.MEMOIZE -> memo.put((long) memo.size(), stack.getLast());
            case PickleOpcode.BINPUT -> memo.put((long) (in.get() & 0xff), stack.getLast());
            case PickleOpcode.LONG_BINPUT -> memo.put((long) in.getInt(), stack.getLast());
            case PickleOpcode.BINGET -> stack.add(recall(in.get() & 0xff));
            case PickleOpcode.LONG_BINGET -> stack.add(recall(in.getInt()));
            case PickleOpcode.POP -> pop();
            case PickleOpcode.POP_MARK -> popToMark();
            case PickleOpcode.STACK_GLOBAL -> throw refused(stack.get(stack.size() - 2) + "." + stack.getLast());
            default -> throw refused("opcode 0x" + Integer.toHexString(opcode));
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("Java can be given None, bool, int, float, str, bytes, list, tuple and dict through a "
                + "queue: found " + what);
    }

    private Object pop() {
        return stack.removeLast();
    }

    private List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw new IndexOutOfBoundsException("no mark");
        }
        return popTo(marks.pop());
    }

    private List<Object> popTo(int size) {
        List<Object> above = stack.subList(size, stack.size());
        List<Object> items = new ArrayList<>(above);
        above.clear();
        return items;
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> items) {
        ((List<Object>) stack.getLast()).addAll(items);
    }

    @SuppressWarnings("unchecked")
    private void setItems(List<Object> items) {
        Map<String, Object> map = (Map<String, Object>) stack.getLast();
        for (int i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof String key)) {
                throw new IllegalArgumentException("keys of a dict for Java must be str");
            }
            map.put(key, items.get(i + 1));
        }
    }

    private Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw new IndexOutOfBoundsException("not in the memo");
        }
        return memo.get(index);
    }

    private byte[] bytes(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private String text(long length) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length))).toString();
    }

    private static Long number(byte[] littleEndian) {
        if (littleEndian.length == 0) {
            return 0L;
        }
        if (littleEndian.length > Long.BYTES) {
            // Eight bytes of digits, and one of sign perhaps, are what 64 bits need.
            throw new IllegalArgumentException("an int for Java must fit into 64 bits");
        }
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        return new BigInteger(bigEndian).longValue();
    }

    /** Refuses containers that contain themselves; {@code done} are those that are known not to. */
    private static void checkNesting(Object value, Set<Object> done, Deque<Object> around) {
        Iterable<?> items = switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> map.values();
            case null, default -> List.of();
        };
        boolean isContainer = value instanceof List || value instanceof Map;
        if (!isContainer || done.contains(value)) {
            return;
        }
        if (around.size() == MAX_DEPTH || around.stream().anyMatch(outer -> outer == value)) {
            throw new IllegalArgumentException("what Java is given must not contain itself, nor be deeper than " + MAX_DEPTH);
        }
        around.push(value);
        for (Object item : items) {
            checkNesting(item, done, around);
        }
        around.pop();
        done.add(value);
    }
}
