package org.polyproc.kernel.process;

import java.util.List;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.channel.Waitable;
import org.polyproc.kernel.sync.KernelSemaphore;

/** What a thread of a process waits for. Immutable; what it names changes. */
public sealed interface WaitReason {

    /** A unit of a semaphore; the lock, if it has only one. */
    record Unit(KernelSemaphore semaphore) implements WaitReason { }

    /** Something to read from a channel. */
    record Message(ChannelEnd end) implements WaitReason { }

    /** Room in a channel for so many bytes. */
    record Room(ChannelEnd end, int bytes) implements WaitReason { }

    /** The end of a process. */
    record Exit(VirtualProcess process) implements WaitReason { }

    /** The first of several things to be ready. */
    record Any(List<? extends Waitable> things) implements WaitReason {
        /** Copies the list. */
        public Any {
            things = List.copyOf(things);
        }
    }

    /** The end of a time. */
    record Time() implements WaitReason { }

    /** Something that comes from outside of the kernel, or by itself. */
    record Other(String what) implements WaitReason { }
}
