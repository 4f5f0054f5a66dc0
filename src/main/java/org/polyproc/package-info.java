/**
 * Python's {@code multiprocessing} for GraalPy, implemented by Java: the API for embedders. A {@link org.polyproc.PythonHost}
 * runs Python programs whose processes are isolated contexts on threads of this JVM, and gives Java the memory that they share.
 */
package org.polyproc;
