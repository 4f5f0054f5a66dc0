package org.polyproc.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * A command that runs Python scripts.
 *
 * @param name    what to call it
 * @param command the command, to which a script and its arguments are added
 */
public record Interpreter(String name, List<String> command) {

    List<String> command(String... words) {
        return Stream.concat(command.stream(), Stream.of(words)).toList();
    }
}
