package org.polyproc.xml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Attributes2;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Writes down what a parser finds, for one that reads it later. Each event is a number of fields, and each field ends with
 * U+0000, which no document can have in it; {@link #ABSENT} stands for one that is not there. An event begins with its kind, a
 * letter, and the line (from 1) and column (from 0) where it begins: where the one before it ended, as SAX tells only where
 * events end.
 *
 * <pre>
 * &lt; name count {name value specified}   start of an element
 * &gt; name                              end of an element
 * T text                               C comment          P target data
 * n prefix uri                         start of a namespace's prefix; N prefix: its end
 * [                                    start of a CDATA section; ]: its end
 * D name system public internal        start of the document type; d: its end
 * E name isParameter value system public notation         declaration of an entity
 * O name system public                                    declaration of a notation
 * A element name type default required                    declaration of an attribute
 * L element model                                         declaration of an element
 * X name system public isParameter                        reference to an external entity
 * S name isParameter                                      reference to an entity that is unknown, but may be declared elsewhere
 * ! code                                                  an error; the last event
 * </pre>
 *
 * Names in a namespace are {@code uri U+0001 local U+0001 prefix}. Used by one thread at a time.
 */
final class Recorder extends DefaultHandler2 {

    /** Stands for a field that is not there; no document can have it in it. */
    private static final String ABSENT = "\uffff";
    private static final char END = '\0';
    private static final char IN_NAME = '\1';

    private static final String EXTERNAL_SUBSET = "[dtd]";

    private record ExternalId(String publicId, String systemId) {
    }

    private final boolean namespaces;
    private final Map<String, ExternalId> external = new HashMap<>();
    /** The prefixes that the open elements declare, and those of the next one. */
    private final List<List<String>> scopes = new ArrayList<>();
    private List<String> scope = new ArrayList<>();
    private StringBuilder events = new StringBuilder();
    private Locator locator;
    private int line = 1;
    private int column;
    private int entities;
    private String[] documentType;

    Recorder(boolean namespaces) {
        this.namespaces = namespaces;
    }

    /** Returns what was written down since the last time. */
    String take() {
        String text = events.toString();
        events = new StringBuilder();
        return text;
    }

    /** Writes an error of the document down. */
    void failed(SAXParseException e) {
        boolean withinToken = e.getLineNumber() != line || e.getColumnNumber() - 1 != column;
        int code = ErrorCode.of(e, withinToken, entities > 0);
        if (entities == 0 && e.getLineNumber() > 0) {
            line = e.getLineNumber();
            column = Math.max(e.getColumnNumber() - 1, 0);
        }
        failed(code);
    }

    /** Writes an error down. */
    void failed(int code) {
        put("!", String.valueOf(code));
    }

    private void put(String kind, String... fields) {
        if (documentType != null) {
            putDocumentType(!kind.equals("d") && !kind.equals("X"));
        }
        begin(kind);
        for (String field : fields) {
            add(field);
        }
        moveOn();
    }

    private void begin(String kind) {
        events.append(kind).append(END).append(line).append(END).append(column).append(END);
    }

    private void add(String field) {
        events.append(field == null ? ABSENT : field).append(END);
    }

    /** Remembers where the next event begins; inside of an entity, all is where the reference to it is. */
    private void moveOn() {
        if (entities == 0 && locator != null && locator.getLineNumber() > 0) {
            line = locator.getLineNumber();
            column = Math.max(locator.getColumnNumber() - 1, 0);
        }
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    private String name(String uri, String local, String qualified) {
        if (!namespaces) {
            return qualified;
        }
        int colon = qualified.indexOf(':');
        return uri.isEmpty() ? local : uri + IN_NAME + local + IN_NAME + qualified.substring(0, Math.max(colon, 0));
    }

    @Override
    public void setDocumentLocator(Locator place) {
        locator = place;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) {
        begin("<");
        add(name(uri, local, qualified));
        add(String.valueOf(attributes.getLength()));
        for (int i = 0; i < attributes.getLength(); i++) {
            add(name(attributes.getURI(i), attributes.getLocalName(i), attributes.getQName(i)));
            add(attributes.getValue(i));
            add(flag(((Attributes2) attributes).isSpecified(i)));
        }
        if (namespaces) {
            scopes.add(scope);
            scope = new ArrayList<>();
        }
        moveOn();
    }

    @Override
    public void endElement(String uri, String local, String qualified) {
        put(">", name(uri, local, qualified));
        if (namespaces) {
            // In the order of expat, the last one first; SAX promises none.
            scopes.removeLast().reversed().forEach(prefix -> put("N", prefix));
        }
    }

    @Override
    public void characters(char[] text, int start, int length) {
        put("T", new String(text, start, length));
    }

    @Override
    public void ignorableWhitespace(char[] text, int start, int length) {
        characters(text, start, length);
    }

    @Override
    public void comment(char[] text, int start, int length) {
        put("C", new String(text, start, length));
    }

    @Override
    public void processingInstruction(String target, String data) {
        put("P", target, data);
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) {
        String name = prefix.isEmpty() ? null : prefix;
        scope.add(name);
        begin("n");
        add(name);
        add(uri.isEmpty() ? null : uri);
    }

    @Override
    public void startCDATA() {
        put("[");
    }

    @Override
    public void endCDATA() {
        put("]");
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) {
        // Written down with what follows, which says whether there is an internal subset.
        documentType = new String[] {name, systemId, publicId};
        external.put(EXTERNAL_SUBSET, new ExternalId(publicId, systemId));
    }

    private void putDocumentType(boolean isInternal) {
        String[] type = documentType;
        documentType = null;
        put("D", type[0], type[1], type[2], flag(isInternal));
    }

    @Override
    public void endDTD() {
        put("d");
    }

    private static boolean isParameter(String name) {
        return name.startsWith("%") || name.equals(EXTERNAL_SUBSET);
    }

    private static String bare(String name) {
        return name.startsWith("%") ? name.substring(1) : name;
    }

    @Override
    public void startEntity(String name) {
        ExternalId id = external.get(name);
        if (id != null) {
            put("X", name.equals(EXTERNAL_SUBSET) ? null : bare(name), id.systemId, id.publicId, flag(isParameter(name)));
        }
        entities++;
    }

    @Override
    public void endEntity(String name) {
        entities--;
    }

    @Override
    public void skippedEntity(String name) {
        put("S", bare(name), flag(isParameter(name)));
    }

    /** Answers for every external entity: it is empty. */
    @Override
    public InputSource resolveEntity(String name, String publicId, String base, String systemId) {
        return new InputSource(new StringReader(""));
    }

    @Override
    public void internalEntityDecl(String name, String value) {
        put("E", bare(name), flag(isParameter(name)), value, null, null, null);
    }

    @Override
    public void externalEntityDecl(String name, String publicId, String systemId) {
        external.putIfAbsent(name, new ExternalId(publicId, systemId));
        put("E", bare(name), flag(isParameter(name)), null, systemId, publicId, null);
    }

    @Override
    public void unparsedEntityDecl(String name, String publicId, String systemId, String notation) {
        put("E", name, flag(false), null, systemId, publicId, notation);
    }

    @Override
    public void notationDecl(String name, String publicId, String systemId) {
        put("O", name, systemId, publicId);
    }

    @Override
    public void attributeDecl(String element, String name, String type, String mode, String value) {
        put("A", element, name, type, value, flag("#REQUIRED".equals(mode) || "#FIXED".equals(mode)));
    }

    @Override
    public void elementDecl(String name, String model) {
        put("L", name, model);
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
        throw e;
    }
}
