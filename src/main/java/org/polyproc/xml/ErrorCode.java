package org.polyproc.xml;

import java.util.List;
import java.util.regex.Pattern;
import org.xml.sax.SAXParseException;

/** Expat's numbers of the errors that a document can have. */
final class ErrorCode {

    static final int NO_MEMORY = 1;
    static final int NO_ELEMENTS = 3;
    static final int INVALID_TOKEN = 4;
    static final int UNCLOSED_TOKEN = 5;
    static final int ASYNC_ENTITY = 13;
    static final int UNKNOWN_ENCODING = 18;
    static final int ABORTED = 35;

    /** How {@code java.xml} says that a document ended too early. */
    private static final Pattern END = Pattern.compile("Premature end of file|XML document structures must start and end within");

    private record Known(Pattern message, int code) {
        Known(int code, String message) {
            this(Pattern.compile(message), code);
        }
    }

    /** What {@code java.xml} says of other errors; the number is nowhere else. */
    private static final List<Known> KNOWN = List.of(
            new Known(2, "Content is not allowed in prolog"),
            new Known(7, "must be terminated by the matching end-tag"),
            new Known(8, "was already specified for element|bound to namespace .* was already specified"),
            new Known(9, "Content is not allowed in trailing section|following the root element must be well-formed"),
            new Known(11, "was referenced, but not declared"),
            new Known(12, "Recursive (general |parameter )?entity reference"),
            new Known(ASYNC_ENTITY, "must start and end within the same entity"),
            new Known(14, "Character reference .* is an invalid XML character"),
            new Known(15, "unparsed entity reference"),
            new Known(16, "external entity reference .* is not permitted in an attribute value"),
            new Known(17, "processing instruction target matching .* is not allowed"),
            new Known(27, "The prefix .* is not bound"),
            new Known(28, "Prefixed namespace bindings may not be empty"),
            new Known(30, "in the XML declaration|XML declaration must end"),
            new Known(38, "The prefix \"xml\" cannot be bound"),
            new Known(39, "The prefix \"xmlns\" cannot be bound"),
            new Known(43, "^JAXP000100"));

    private ErrorCode() {
    }

    /**
     * Returns the number of an error; what expat has no own number for is an invalid token.
     *
     * @param withinToken  whether the document goes on after the last thing that was reported
     * @param withinEntity whether it is in the text of an entity
     */
    static int of(SAXParseException e, boolean withinToken, boolean withinEntity) {
        String message = String.valueOf(e.getMessage());
        if (END.matcher(message).find()) {
            return withinEntity ? ASYNC_ENTITY : withinToken ? UNCLOSED_TOKEN : NO_ELEMENTS;
        }
        return KNOWN.stream().filter(known -> known.message.matcher(message).find())
                .mapToInt(Known::code).findFirst().orElse(INVALID_TOKEN);
    }
}
