/**
 * Runs CPython's own tests of multiprocessing on polyproc and compares their outcomes with those that are expected. The tests
 * run in JVMs of their own, started by the launcher script; this package only controls them.
 */
package org.polyproc.conformance;
