/**
 * Processes: the process table, pids, parents and children, signals, exit codes and the waits that a signal interrupts. What a
 * process executes is a {@link org.polyproc.kernel.process.ProcessBody}.
 */
package org.polyproc.kernel.process;
