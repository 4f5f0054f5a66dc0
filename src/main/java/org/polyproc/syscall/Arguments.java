package org.polyproc.syscall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Checks arguments of system calls that the types of their parameters don't. A script can pass anything, and change it meanwhile.
 * What breaks a rule is an {@link IllegalArgumentException}.
 */
final class Arguments {

    /** How many numbers one call takes at most. */
    private static final int MOST_NUMBERS = 1 << 20;

    private static final String UNREADABLE = "an argument must not be released, or changed while it is read";

    private Arguments() {
    }

    /**
     * Returns a text.
     *
     * @param name      what it is, for people
     * @param text      the argument
     * @param maxLength how long it may be, in characters
     */
    static String text(String name, String text, int maxLength) {
        if (text == null) {
            throw new IllegalArgumentException(name + " must be a string: None");
        }
        if (text.length() > maxLength) {
            throw new IllegalArgumentException(
                    name + " must have at most " + maxLength + " characters: length=" + text.length());
        }
        return text;
    }

    /** Returns numbers of kernel objects. */
    static List<Integer> numbers(Value sequence) {
        return read(() -> {
            if (!sequence.hasArrayElements()) {
                throw new IllegalArgumentException("a sequence of numbers is required");
            }
            long size = sequence.getArraySize();
            if (size > MOST_NUMBERS) {
                throw new IllegalArgumentException("there must be at most " + MOST_NUMBERS + " numbers: length=" + size);
            }
            List<Integer> numbers = new ArrayList<>((int) size);
            for (long i = 0; i < size; i++) {
                numbers.add(number(sequence.getArrayElement(i), i));
            }
            return numbers;
        });
    }

    private static int number(Value number, long index) {
        if (!number.fitsInInt()) {
            throw new IllegalArgumentException("a number of 32 bits is required: index=" + index);
        }
        return number.asInt();
    }

    /** Returns how long a bytes-like object is. */
    static long length(Value bytes) {
        return read(() -> {
            if (!bytes.hasBufferElements()) {
                throw new IllegalArgumentException("a bytes-like object is required");
            }
            return bytes.getBufferSize();
        });
    }

    /** Returns a copy of a bytes-like object. */
    static byte[] bytes(Value bytes) {
        long length = length(bytes);
        if (length > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("bytes must be less than 2 GiB: length=" + length);
        }
        byte[] copy = new byte[(int) length];
        read(bytes, copy, 0);
        return copy;
    }

    /** Copies a bytes-like object to the end of an array, from an index on. */
    static void read(Value bytes, byte[] target, int start) {
        read(() -> {
            bytes.readBuffer(0, target, start, target.length - start);
            return target;
        });
    }

    /** Reads an object of Python's, which is what it was when it was looked at, unless the script has released or changed it. */
    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(UNREADABLE);
        } catch (PolyglotException e) {
            // GraalPy 25.0 takes a released memoryview for an error of its own.
            throw e.isInternalError() ? new IllegalArgumentException(UNREADABLE) : e;
        }
    }
}
