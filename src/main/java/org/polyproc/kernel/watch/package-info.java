/** Looks at a whole process table from outside: what waits for what, and whether anything can still go on. */
package org.polyproc.kernel.watch;
