/**
 * An XML parser that takes a document piece by piece, as {@code pyexpat} wants it, made of the SAX parser of {@code java.xml}.
 * {@link org.polyproc.xml.PushParser} is what others use. Knows neither the kernel nor Python.
 */
package org.polyproc.xml;
