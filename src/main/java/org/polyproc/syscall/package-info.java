/**
 * The system calls: the only Java objects that Python code of a process ever holds. One class stands in for one low-level
 * Python module; only methods marked {@link org.graalvm.polyglot.HostAccess.Export} can be called, and each checks its
 * arguments, since a script can call it with anything. An argument that breaks a rule raises a Python exception, {@code TypeError} or
 * one with the text of the {@link IllegalArgumentException}; other exceptions of Java's don't come out of a call.
 */
package org.polyproc.syscall;
