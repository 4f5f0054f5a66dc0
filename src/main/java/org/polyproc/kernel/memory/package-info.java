/** Shared memory: reference-counted off-heap segments. */
package org.polyproc.kernel.memory;
