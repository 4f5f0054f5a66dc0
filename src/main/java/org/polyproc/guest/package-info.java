/**
 * All that knows GraalPy: contexts on the threads of their processes, the overlay of Python modules that is loaded into each,
 * standard streams and the delivery of signals to Python handlers.
 */
package org.polyproc.guest;
