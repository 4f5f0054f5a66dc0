package org.polyproc.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyproc.guest.Program.Kind;

/** What CPython's Python/getopt.c makes of the same words. */
class CommandLineTest {

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x.py a -O          | SCRIPT  | x.py | a -O |",
        "-O x.py            | SCRIPT  | x.py |      | -O",
        "-OO -E -S x.py     | SCRIPT  | x.py |      | -O -O -E -S",
        "-ESc code -O a     | CODE    | code | -O a | -E -S",
        "-ccode -O          | CODE    | code | -O   |",
        "-m mod -m          | MODULE  | mod  | -m   |",
        "-Immod             | MODULE  | mod  |      | -I",
        "-Werror -W a x.py  | SCRIPT  | x.py |      | -W error -W a",
        "-BWerror -Xdev x   | SCRIPT  | x    |      | -B -W error -X dev",
        "-X a=b -X -O x     | SCRIPT  | x    |      | -X a=b -X -O",
        "-- -x y            | SCRIPT  | -x   | y    |",
        "-x y               | SCRIPT  | y    |      | -x",
        "-                  | STDIN   | -    |      |",
        "-u - a             | STDIN   | -    | a    | -u",
        "-q                 | STDIN   |      |      | -q",
        "-VV x              | VERSION | full | x    |",
        "--check-hash-based-pycs never x | SCRIPT | x | | --check-hash-based-pycs never",
    })
    void readsWhatPythonReads(String line, Kind kind, String target, String arguments, String options) {
        Program program = CommandLine.parse(words(line));
        assertEquals(kind, program.kind());
        assertEquals(target == null ? "" : target, program.target());
        assertEquals(words(arguments), program.arguments());
        assertEquals(words(options), program.options());
    }

    @Test
    void nothingIsStandardInput() {
        assertEquals(Kind.STDIN, CommandLine.parse(List.of()).kind());
    }

    @Test
    void emptyWordsAreWords() {
        assertEquals("", CommandLine.parse(List.of("-c", "", "a")).target());
        assertEquals(List.of(""), CommandLine.parse(List.of("x.py", "")).arguments());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-z x.py         | unknown option: -z",
        "-EJ x.py        | unknown option: -J",
        "--jit x.py      | unknown option: --jit",
        "-c              | argument expected for the -c option",
        "-EW             | argument expected for the -W option",
        "-i x.py         | -i is not supported: there is no interactive interpreter",
        "-Eh             | -h goes with no other option",
        "--check-hash-based-pycs | argument expected for the --check-hash-based-pycs option",
        "--check-hash-based-pycs x y | --check-hash-based-pycs must be one of 'default', 'always' or 'never': 'x'",
    })
    void whatCantBeReadIsOneSentence(String line, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> CommandLine.parse(words(line))).getMessage());
    }
}
