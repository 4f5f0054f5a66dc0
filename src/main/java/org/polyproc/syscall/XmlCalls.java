package org.polyproc.syscall;

import org.graalvm.polyglot.HostAccess.Export;
import org.graalvm.polyglot.Value;
import org.polyproc.xml.PushParser;

/** System calls about XML, for {@code pyexpat}. Thread-safe. */
public final class XmlCalls {

    XmlCalls() {
    }

    /** A parser of one document, as a process sees it; its calls are {@link PushParser}'s. */
    public static final class Parser {

        private final PushParser parser;

        private Parser(PushParser parser) {
            this.parser = parser;
        }

        /**
         * Parses the next piece of the document; not for use by several threads at once.
         *
         * @param bytes  bytes-like
         * @param isLast whether no other one comes
         * @return what is in it, as {@code org.polyproc.xml.Recorder} describes
         */
        @Export
        public String parse(Value bytes, boolean isLast) throws InterruptedException {
            return parser.parse(Arguments.bytes(bytes), isLast);
        }
    }

    /**
     * Makes a parser.
     *
     * @param encoding   the document's encoding, or null, see {@link PushParser#PushParser}
     * @param namespaces whether names are resolved to the namespaces that they are of
     */
    @Export
    public Parser parser(String encoding, boolean namespaces) {
        return new Parser(new PushParser(encoding, namespaces));
    }
}
