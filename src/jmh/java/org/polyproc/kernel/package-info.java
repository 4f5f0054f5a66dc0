/**
 * JMH benchmarks of the kernel, beside what the JDK has of the same kind: what is left of a benchmark of Python scripts when
 * Python is taken away. {@code mvn verify -Pjmh} runs them.
 */
package org.polyproc.kernel;
