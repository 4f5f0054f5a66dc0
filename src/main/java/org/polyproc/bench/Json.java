package org.polyproc.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of JSON as benchmarks need: it writes anything, and reads an object of strings and numbers. */
public final class Json {

    private static final Pattern FIELD =
            Pattern.compile("\\s*\"(\\w+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9][0-9.eE+-]*))\\s*(,|$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");
    private static final String INDENT = "  ";

    private Json() {
    }

    /**
     * Reads an object whose values are strings and numbers.
     *
     * @return strings as {@link String}, numbers as {@link Double}
     * @throws NumberFormatException    if a number is none
     * @throws IllegalArgumentException if the text is no such object
     */
    public static Map<String, Object> read(String text) {
        String line = text.strip();
        if (!line.startsWith("{") || !line.endsWith("}")) {
            throw new IllegalArgumentException("an object must be in braces: " + text);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(line).region(1, line.length() - 1);
        boolean more = !line.substring(1, line.length() - 1).isBlank();
        while (more) {
            if (!field.lookingAt()) {
                throw new IllegalArgumentException("a field must be a name and a string or a number: " + text);
            }
            object.put(field.group(1), field.group(3) == null ? unescape(field.group(2)) : Double.valueOf(field.group(3)));
            more = !field.group(4).isEmpty();
            field.region(field.end(), line.length() - 1);
        }
        return object;
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1) != null
                ? String.valueOf((char) Integer.parseInt(match.group(1), 16))
                : switch (match.group(2)) {
                    case "n" -> "\n";
                    case "t" -> "\t";
                    case "r" -> "\r";
                    case "b" -> "\b";
                    case "f" -> "\f";
                    default -> match.group(2);
                }));
    }

    /** Returns the text of maps, lists, strings, numbers, truth values and null. */
    public static String write(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, "\n", text);
        return text.append('\n').toString();
    }

    private static void write(Object value, String lineStart, StringBuilder text) {
        String inner = lineStart + INDENT;
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map when !map.isEmpty() -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    text.append(separator).append(inner);
                    writeString(entry.getKey().toString(), text);
                    text.append(": ");
                    write(entry.getValue(), inner, text);
                    separator = ",";
                }
                text.append(lineStart).append('}');
            }
            case Map<?, ?> empty -> text.append("{}");
            case List<?> list when list.stream().anyMatch(item -> item instanceof Map || item instanceof List) ->
                writeList(list, inner, ",", lineStart, text);
            case List<?> list -> writeList(list, "", ", ", "", text);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> writeString(value.toString(), text);
        }
    }

    private static void writeList(List<?> list, String itemStart, String between, String end, StringBuilder text) {
        String separator = "[";
        for (Object item : list) {
            text.append(separator).append(itemStart);
            write(item, itemStart, text);
            separator = between;
        }
        text.append(list.isEmpty() ? "[" : "").append(end).append(']');
    }

    private static void writeString(String string, StringBuilder text) {
        text.append('"');
        for (char c : string.toCharArray()) {
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
