/** Synchronisation: the counting semaphore from which {@code multiprocessing} builds every lock. */
package org.polyproc.kernel.sync;
