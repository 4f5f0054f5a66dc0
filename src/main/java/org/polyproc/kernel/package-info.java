/**
 * The small operating system under Python's {@code multiprocessing}: processes, semaphores and shared memory as plain Java
 * objects. It knows neither Python nor polyglot contexts; what a process runs is behind
 * {@link org.polyproc.kernel.process.ProcessBody}. This package has what all kinds of kernel objects have in common.
 */
package org.polyproc.kernel;
