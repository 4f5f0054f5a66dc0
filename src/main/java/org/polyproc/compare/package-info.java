/**
 * Decides whether a run's output is equivalent to a reference output, and reports where it is not. Equivalent means that
 * the reference is a legal interleaving of what the processes wrote: the same lines, each process's own lines in the same
 * order. {@link org.polyproc.compare.Comparison} decides, {@link org.polyproc.compare.SideBySide} reports. Plain functions
 * over lists of lines: this package uses only {@code java.base} and knows neither the kernel nor Python nor a terminal.
 */
package org.polyproc.compare;
