package org.polyproc.guest;

import java.util.ArrayList;
import java.util.List;
import org.polyproc.guest.Program.Kind;
import org.polyproc.guest.Program.Python2;

/**
 * Reads a command line of {@code python3}, by the rules of CPython's Python/getopt.c and Python/initconfig.c: single-letter
 * options may be combined, a value may follow its option at once or as the next word, and {@code -c} and {@code -m} end the
 * options, as does the first word that is none. Not thread-safe.
 */
public final class CommandLine {

    private static final String FLAGS = "bBdEIOPqRsStuvx";
    private static final String WITH_VALUE = "WX";
    private static final String CHECK_PYCS = "--check-hash-based-pycs";
    private static final List<String> CHECK_PYCS_MODES = List.of("always", "default", "never");

    private final List<String> words;
    private final List<String> options = new ArrayList<>();
    private int next;

    private CommandLine(List<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * Returns the program that a command line asks for.
     *
     * @param words the words after {@code python3}
     * @throws IllegalArgumentException if they are no command line, or ask for what can't be had
     */
    public static Program parse(List<String> words) {
        return new CommandLine(words).parse();
    }

    private Program parse() {
        while (next < words.size()) {
            String word = words.get(next);
            if (!word.startsWith("-") || word.equals("-")) {
                break;
            }
            next++;
            if (word.equals("--")) {
                break;
            }
            Program program = word.startsWith("--") ? longOption(word) : letters(word);
            if (program != null) {
                return program;
            }
        }
        if (next == words.size()) {
            return program(Kind.STDIN, "");
        }
        String target = words.get(next++);
        return program(target.equals("-") ? Kind.STDIN : Kind.SCRIPT, target);
    }

    private Program longOption(String word) {
        if (!word.equals(CHECK_PYCS)) {
            throw new IllegalArgumentException("unknown option: " + word);
        }
        String mode = value(CHECK_PYCS, "");
        if (!CHECK_PYCS_MODES.contains(mode)) {
            throw new IllegalArgumentException(CHECK_PYCS + " must be one of 'default', 'always' or 'never': '" + mode + "'");
        }
        options.add(CHECK_PYCS);
        options.add(mode);
        return null;
    }

    /** Reads a word of one or more options; returns the program if one of them ends the options. */
    private Program letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            String option = "-" + letter;
            String rest = word.substring(i + 1);
            if (letter == 'c') {
                return program(Kind.CODE, value(option, rest));
            } else if (letter == 'm') {
                return program(Kind.MODULE, value(option, rest));
            } else if (letter == 'V') {
                return program(Kind.VERSION, rest.startsWith("V") ? "full" : "");
            } else if (WITH_VALUE.indexOf(letter) >= 0) {
                String value = value(option, rest);
                options.add(option);
                options.add(value);
                return null;
            } else if (letter == 'i') {
                throw new IllegalArgumentException("-i is not supported: there is no interactive interpreter");
            } else if (letter == 'h' || letter == '?') {
                throw new IllegalArgumentException(option + " goes with no other option");
            } else if (FLAGS.indexOf(letter) < 0) {
                throw new IllegalArgumentException("unknown option: " + option);
            }
            options.add(option);
        }
        return null;
    }

    private String value(String option, String attached) {
        if (!attached.isEmpty()) {
            return attached;
        }
        if (next == words.size()) {
            throw new IllegalArgumentException("argument expected for the " + option + " option");
        }
        return words.get(next++);
    }

    private Program program(Kind kind, String target) {
        return new Program(kind, target, words.subList(next, words.size()), options, Python2.AUTO, false);
    }
}
