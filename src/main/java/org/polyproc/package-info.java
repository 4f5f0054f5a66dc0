/**
 * Python's {@code multiprocessing} for GraalPy, implemented by Java: the API for embedders. A {@link org.polyproc.PythonHost}
 * runs Python programs whose processes are isolated contexts on threads of this JVM; Java shares locks and memory with them
 * ({@link org.polyproc.SharedLock}, {@link org.polyproc.SharedArray} and the like) and is called by them
 * ({@link org.polyproc.PythonCallback}).
 */
package org.polyproc;
