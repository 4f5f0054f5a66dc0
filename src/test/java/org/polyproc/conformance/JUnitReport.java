package org.polyproc.conformance;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A run as the XML that CI systems know from JUnit: a test suite for each class. */
final class JUnitReport {

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Returns the XML. */
    static String render(RunResult run) throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        new JUnitReport(xml).write(run);
        xml.close();
        return text.toString();
    }

    private void write(RunResult run) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (ClassResult each : run.classes()) {
            write(each);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(ClassResult each) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", each.tests().name());
        xml.writeAttribute("tests", String.valueOf(each.results().size()));
        xml.writeAttribute("failures", String.valueOf(each.count(Outcome.FAIL)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", String.valueOf(each.count(Outcome.SKIP)));
        xml.writeAttribute("time", Report.seconds(each.time()));
        for (TestResult result : each.results()) {
            write(result);
        }
        xml.writeEndElement();
    }

    private void write(TestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.name().className());
        xml.writeAttribute("name", result.name().method());
        xml.writeAttribute("time", Report.seconds(result.time()));
        if (result.outcome() == Outcome.FAIL) {
            detail("failure", result);
            xml.writeStartElement("system-out");
            xml.writeCharacters(legal(result.output()));
            xml.writeEndElement();
        } else if (result.outcome() == Outcome.SKIP) {
            detail("skipped", result);
        }
        xml.writeEndElement();
    }

    private void detail(String element, TestResult result) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", legal(result.summary()));
        xml.writeCharacters(legal(result.text()));
        xml.writeEndElement();
    }

    /** Returns text without the characters that XML can't hold. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
