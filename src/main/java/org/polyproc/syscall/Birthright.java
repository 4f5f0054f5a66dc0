package org.polyproc.syscall;

import java.util.Arrays;

/**
 * What a process gets from its parent when it is started, in pickles. The first two are the same for most children of a program, so
 * children that are prepared before they are asked for are prepared with those of the last one.
 *
 * @param traits  what can't be changed any more once a process has it, as the options of its interpreter
 * @param state   what it begins with and may change, as its environment
 * @param process the process object, with the target and its arguments
 */
public record Birthright(byte[] traits, byte[] state, byte[] process) {

    /**
     * Returns whether a process that was prepared with this can be given another birthright. Pickles are code: what the process has
     * executed must be what its parent wants it to execute, which need not be the parent that it was prepared for.
     */
    public boolean prepares(Birthright other) {
        return Arrays.equals(traits, other.traits) && Arrays.equals(state, other.state);
    }

    /** Returns what is the same for most children. */
    public Birthright withoutProcess() {
        return new Birthright(traits, state, new byte[0]);
    }
}
