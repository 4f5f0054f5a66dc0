/**
 * What the processes of a run did, as events of the JVM's flight recorder and as pictures made of them. The events are off unless a
 * recording asks for them by name; they use the JDK only, so that the kernel can tell them. {@link org.polyproc.trace.TimelineReader}
 * makes a {@link org.polyproc.trace.Timeline} of a recording, and a {@link org.polyproc.trace.TimelineFormat} draws it. Pictures know
 * neither the kernel nor Python.
 */
package org.polyproc.trace;
