/**
 * Channels between processes, listeners that make them, and waiting for several things at once. Knows neither Python nor
 * processes; a wait ends early when its thread is interrupted.
 */
package org.polyproc.kernel.channel;
