package org.polyproc;

/**
 * A function of Java's that Python calls: an argument of {@link PythonProgram#function}.
 *
 * <p>It is called by threads of the process that it was passed to, by several at the same time if the program has several. While
 * it runs, signal handlers of that thread wait. It should end soon when its thread is interrupted, which happens when the process
 * is killed; the waits of Java's own classes and of this package do. It can't be passed on to a child process: pickling it is a
 * {@code TypeError}.
 */
@FunctionalInterface
public interface PythonCallback {

    /**
     * Does what Python asks for.
     *
     * @param arguments what Python passed: {@code None}, {@code bool}, {@code int} (which must fit into 64 bits), {@code float},
     *     {@code str}, {@code bytes}, lists and tuples, and dictionaries with keys of type {@code str} arrive as null,
     *     {@code Boolean}, {@code Long}, {@code Double}, {@code String}, {@code byte[]}, {@code List} and {@code Map}; a lock,
     *     semaphore, condition, event, barrier, queue, value or array of {@code multiprocessing} as its twin of this package. What is
     *     anything else is a {@code TypeError} in Python, and there is no call
     * @return what Python gets, of the kinds that {@link PythonProgram#function} takes
     * @throws Exception what Python gets as a {@code RuntimeError} with the same message
     */
    Object call(Object... arguments) throws Exception;
}
