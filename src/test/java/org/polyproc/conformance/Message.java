package org.polyproc.conformance;

import java.util.Arrays;
import java.util.List;

/** A message of the driver, which {@code driver.py} describes. */
record Message(String kind, List<String> fields) {

    /** Returns the message that a line holds. */
    static Message parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Message(fields[0], Arrays.stream(fields).skip(1).map(String::translateEscapes).toList());
    }

    /** Returns a field, of which the first has the number 0. */
    String field(int number) {
        return fields.get(number);
    }
}
