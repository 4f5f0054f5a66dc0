package org.polyproc.trace;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON that may stand in a script of an HTML page: no {@code <}, so no text can end the script. Stateless, hence safe for use
 * by several threads.
 */
final class JsonText {

    private JsonText() {
    }

    /** Writes maps, lists, numbers, truth values and null as what they are, anything else as a string. */
    static void write(Object value, Appendable out) throws IOException {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator);
                    string(entry.getKey().toString(), out);
                    out.append(':');
                    write(entry.getValue(), out);
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object item : list) {
                    out.append(separator);
                    write(item, out);
                    separator = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Number number -> out.append(number.toString());
            case Boolean truth -> out.append(truth.toString());
            default -> string(value.toString(), out);
        }
    }

    private static void string(String text, Appendable out) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
