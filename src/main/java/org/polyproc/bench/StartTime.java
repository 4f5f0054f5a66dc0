package org.polyproc.bench;

/**
 * How long a command takes from its start to its end.
 *
 * @param what    what is started
 * @param samples the wall times
 */
public record StartTime(String what, Samples samples) { }
