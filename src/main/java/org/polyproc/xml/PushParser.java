package org.polyproc.xml;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * Parses a document that comes piece by piece and answers each piece with what is in it. Nothing but the document is read: an
 * external entity is reported and counts as empty, and entities may expand as far as {@code java.xml} allows
 * ({@code jdk.xml.entityExpansionLimit} and its like).
 *
 * <p>The parser of {@code java.xml} reads its document when it wants to, so it has a virtual thread of its own, which waits
 * between the pieces and ends with the document, or when this object is garbage. Not for use by several threads at once.
 */
public final class PushParser {

    private static final Cleaner CLEANER = Cleaner.create(Thread.ofPlatform().daemon().name("polyproc-xml-cleaner").factory());

    /** JDK 24 lowered it to 200, for documents that come with no limit of their own. */
    private static final String MAX_ATTRIBUTES = "10000";

    private final Feed feed = new Feed();
    private final Recorder recorder;

    /**
     * @param encoding   the document's encoding, whatever it says itself; null if it is what the document says
     * @param namespaces whether names are resolved to the namespaces that they are of
     */
    public PushParser(String encoding, boolean namespaces) {
        recorder = new Recorder(namespaces);
        InputSource source = new InputSource(feed);
        source.setEncoding(encoding);
        XMLReader reader = reader(recorder, namespaces);
        Thread.ofVirtual().name("polyproc-xml").inheritInheritableThreadLocals(false)
                .start(parsing(reader, source, recorder, feed));
        CLEANER.register(this, feed::abandon);
    }

    private static XMLReader reader(Recorder recorder, boolean namespaces) {
        SAXParserFactory factory =
                namespaces ? SAXParserFactory.newDefaultNSInstance() : SAXParserFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            SAXParser parser = factory.newSAXParser();
            parser.setProperty("jdk.xml.elementAttributeLimit", MAX_ATTRIBUTES);
            // A second wall: the recorder answers for all external entities.
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            XMLReader reader = parser.getXMLReader();
            reader.setContentHandler(recorder);
            reader.setDTDHandler(recorder);
            reader.setEntityResolver(recorder);
            reader.setErrorHandler(recorder);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", recorder);
            reader.setProperty("http://xml.org/sax/properties/declaration-handler", recorder);
            reader.setFeature("http://xml.org/sax/features/resolve-dtd-uris", false);
            speakEnglish(reader);
            return reader;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("java.xml has no parser as it is needed: " + e.getMessage(), e);
        }
    }

    /** {@link ErrorCode} knows errors by their texts, which depend on the locale. */
    @SuppressWarnings("deprecation")
    private static void speakEnglish(XMLReader reader) throws SAXException {
        ((org.xml.sax.Parser) reader).setLocale(Locale.ROOT);
    }

    private static Runnable parsing(XMLReader reader, InputSource source, Recorder recorder, Feed feed) {
        return () -> {
            try {
                reader.parse(source);
            } catch (SAXParseException e) {
                recorder.failed(e);
            } catch (UnsupportedEncodingException e) {
                recorder.failed(ErrorCode.UNKNOWN_ENCODING);
            } catch (CharConversionException e) {
                recorder.failed(ErrorCode.INVALID_TOKEN);
            } catch (SAXException | IOException | RuntimeException e) {
                recorder.failed(ErrorCode.ABORTED);
            } catch (OutOfMemoryError | StackOverflowError e) {
                recorder.failed(ErrorCode.NO_MEMORY);
            } finally {
                feed.end();
            }
        };
    }

    /**
     * Parses the next piece.
     *
     * @param isLast whether no other one comes
     * @return what is in it, and in what was left of those before, as {@link Recorder} describes
     */
    public String parse(byte[] piece, boolean isLast) throws InterruptedException {
        try {
            feed.supply(piece, isLast);
            return recorder.take();
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
