/**
 * What the processes of a run did, as events of the JDK's flight recorder and as pictures made of them. The events use only the
 * JDK, so that the kernel can emit them; {@link org.polyproc.trace.TimelineReader} makes a {@link org.polyproc.trace.Timeline} of
 * a recording, and a {@link org.polyproc.trace.TimelineFormat} draws it. Pictures know neither the kernel nor Python.
 */
package org.polyproc.trace;
