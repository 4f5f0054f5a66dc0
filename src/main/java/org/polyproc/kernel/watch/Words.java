package org.polyproc.kernel.watch;

import java.util.stream.Collectors;
import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.channel.Waitable;
import org.polyproc.kernel.process.ProcessSentinel;
import org.polyproc.kernel.process.ProcessTable;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.kernel.sync.KernelSemaphore;

/** Names of kernel objects and processes, for people. */
final class Words {

    private Words() {
    }

    static String process(VirtualProcess process) {
        return process(process.pid(), process.name());
    }

    private static String process(int pid, String name) {
        return "process " + pid + " (" + name + ")";
    }

    /** Says what is waited for. */
    static String reason(WaitReason reason, ProcessTable table) {
        return switch (reason) {
            case WaitReason.Unit(KernelSemaphore semaphore) -> unit(semaphore, table);
            case WaitReason.Message(var end) -> "a message from channel " + end.channel();
            case WaitReason.Room(var end, int bytes) -> "room for " + bytes + " bytes in channel " + end.channel();
            case WaitReason.Exit(VirtualProcess process) -> "the end of " + process(process);
            case WaitReason.Any(var things) -> things.stream().map(Words::thing).collect(Collectors.joining(" or "));
            case WaitReason.Time() -> "a time to pass";
            case WaitReason.Other(String what) -> what;
        };
    }

    private static String unit(KernelSemaphore semaphore, ProcessTable table) {
        if (!semaphore.isLock()) {
            return "semaphore " + semaphore.id() + ", of which no unit is free";
        }
        KernelSemaphore.Abandonment abandonment = semaphore.abandonment();
        String name = "lock " + semaphore.id();
        if (abandonment != null) {
            return name + ", which " + process(abandonment.pid(), abandonment.name()) + " held when it ended";
        }
        Thread owner = semaphore.owner();
        if (owner == null) {
            return name;
        }
        String since = semaphore.heldSince() == null ? "" : " since " + semaphore.heldSince();
        return name + table.ofThread(owner).map(process -> ", which " + holder(process, owner) + " has held" + since)
                .orElse(", which thread " + owner.getName() + " holds");
    }

    private static String holder(VirtualProcess process, Thread owner) {
        return owner == process.mainThread() ? process(process) : "thread " + owner.getName() + " of " + process(process);
    }

    private static String thing(Waitable thing) {
        return switch (thing) {
            case ProcessSentinel sentinel -> "the end of " + process(sentinel.process());
            case KernelObject object -> "channel " + object.id();
            default -> "something";
        };
    }
}
