/**
 * What the kernel tells the JVM's flight recorder: an event for each start and end of a process, each wait, hold and message. The
 * events are off unless a recording asks for them by name. This package uses the JDK only.
 */
package org.polyproc.trace;
