/**
 * Benchmarks: scripts that an interpreter and polyproc run in turns, and what comes out of it. Starts interpreters as
 * processes of the machine; knows nothing of the rest of polyproc.
 */
package org.polyproc.bench;
