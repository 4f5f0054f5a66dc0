package org.polyproc.trace;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the processes of a run did. All times within are nanoseconds since {@code begin}, from 0 to {@code length}. Immutable, hence
 * safe for use by several threads.
 *
 * @param title      what ran, for people
 * @param begin      when the first thing happened
 * @param length     from the first thing to the last, in nanoseconds
 * @param processors how many processors the machine offered
 * @param lanes      a lane for each process, in the order in which they began
 * @param depths     how many messages waited in channels, in the order of time
 */
public record Timeline(String title, Instant begin, long length, int processors, List<Lane> lanes, List<Depth> depths) {

    /**
     * How many messages a channel held from a moment on.
     *
     * @param channel the channel's number in the kernel
     * @param time    the moment, in nanoseconds
     * @param depth   a number of messages
     */
    public record Depth(int channel, long time, int depth) {
    }

    /**
     * Makes a timeline from copies of the lists.
     *
     * @throws IllegalArgumentException if the length is negative or there is no processor
     * @throws NullPointerException     if an argument or an element is null
     */
    public Timeline {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(begin, "begin");
        if (length < 0) {
            throw new IllegalArgumentException("the length must not be negative: length=" + length);
        }
        if (processors < 1) {
            throw new IllegalArgumentException("the number of processors must be positive: processors=" + processors);
        }
        lanes = List.copyOf(lanes);
        depths = List.copyOf(depths);
    }

    /** How many spans all lanes have. */
    long spans() {
        return lanes.stream().mapToLong(lane -> lane.spans().size()).sum();
    }

    /** The name of a process, for a sentence; its pid if no lane is known for it. */
    String name(int pid) {
        return lanes.stream().filter(lane -> lane.pid() == pid).findFirst().map(Lane::name).orElse("process " + pid);
    }
}
