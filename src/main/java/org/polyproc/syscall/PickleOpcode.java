package org.polyproc.syscall;

/** What plain data needs of the pickle machine's instructions, named as in CPython's {@code pickletools}; each is one byte. */
public final class PickleOpcode {

    /** Marks the stack. */
    public static final int MARK = '(';
    /** Ends the pickle; the top of the stack is its value. */
    public static final int STOP = '.';
    /** Throws the top of the stack away. */
    public static final int POP = '0';
    /** Throws all above the mark away. */
    public static final int POP_MARK = '1';
    /** Pushes an int of four bytes, signed. */
    public static final int BININT = 'J';
    /** Pushes an int of one byte, unsigned. */
    public static final int BININT1 = 'K';
    /** Pushes an int of two bytes, unsigned. */
    public static final int BININT2 = 'M';
    /** Pushes None. */
    public static final int NONE = 'N';
    /** Pushes a str of UTF-8 whose length has four bytes. */
    public static final int BINUNICODE = 'X';
    /** Pushes a float of eight bytes, big-endian. */
    public static final int BINFLOAT = 'G';
    /** Appends the top of the stack to the list below. */
    public static final int APPEND = 'a';
    /** Appends all above the mark to the list below. */
    public static final int APPENDS = 'e';
    /** Pushes bytes whose length has four bytes. */
    public static final int BINBYTES = 'B';
    /** Pushes bytes whose length has one byte. */
    public static final int SHORT_BINBYTES = 'C';
    /** Pushes a class or function, by two lines. */
    public static final int GLOBAL = 'c';
    /** Pushes an object of the memo by a number of one byte. */
    public static final int BINGET = 'h';
    /** Pushes an object of the memo by a number of four bytes. */
    public static final int LONG_BINGET = 'j';
    /** Pushes an empty list. */
    public static final int EMPTY_LIST = ']';
    /** Notes the top of the stack under a number of one byte. */
    public static final int BINPUT = 'q';
    /** Notes the top of the stack under a number of four bytes. */
    public static final int LONG_BINPUT = 'r';
    /** Puts a key and a value into the dict below. */
    public static final int SETITEM = 's';
    /** Makes a tuple of all above the mark. */
    public static final int TUPLE = 't';
    /** Pushes an empty tuple. */
    public static final int EMPTY_TUPLE = ')';
    /** Puts all above the mark into the dict below. */
    public static final int SETITEMS = 'u';
    /** Pushes an empty dict. */
    public static final int EMPTY_DICT = '}';
    /** The protocol's number follows, in one byte. */
    public static final int PROTO = 0x80;
    /** Makes a tuple of the top of the stack. */
    public static final int TUPLE1 = 0x85;
    /** Makes a tuple of the two topmost. */
    public static final int TUPLE2 = 0x86;
    /** Makes a tuple of the three topmost. */
    public static final int TUPLE3 = 0x87;
    /** Pushes True. */
    public static final int NEWTRUE = 0x88;
    /** Pushes False. */
    public static final int NEWFALSE = 0x89;
    /** Pushes an int whose length has one byte, little-endian. */
    public static final int LONG1 = 0x8a;
    /** Pushes an int whose length has four bytes, little-endian. */
    public static final int LONG4 = 0x8b;
    /** Pushes a str of UTF-8 whose length has one byte. */
    public static final int SHORT_BINUNICODE = 0x8c;
    /** Pushes a str of UTF-8 whose length has eight bytes. */
    public static final int BINUNICODE8 = 0x8d;
    /** Pushes bytes whose length has eight bytes. */
    public static final int BINBYTES8 = 0x8e;
    /** Makes a class or function of the two names on top of the stack. */
    public static final int STACK_GLOBAL = 0x93;
    /** Notes the top of the stack under the next number. */
    public static final int MEMOIZE = 0x94;
    /** The length of what follows in one piece comes, in eight bytes. */
    public static final int FRAME = 0x95;

    private PickleOpcode() {
    }
}
