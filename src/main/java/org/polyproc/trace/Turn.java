package org.polyproc.trace;

/**
 * A span and whose it is. Immutable, hence safe for use by several threads.
 *
 * @param lane the process
 * @param span what it did
 */
record Turn(Lane lane, Span span) {
}
