/** The commands of the launcher, {@code polyproc run}, {@code compare} and {@code doctor}, over the public API. */
package org.polyproc.cli;
