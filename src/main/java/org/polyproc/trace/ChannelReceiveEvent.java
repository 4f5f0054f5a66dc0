package org.polyproc.trace;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A message is received from a pipe or queue. */
@Name("org.polyproc.ChannelReceive")
@Label("Channel Receive")
@Category("polyproc")
@StackTrace(false)
@Enabled(false)
@Threshold("0 ns")
public final class ChannelReceiveEvent extends Event {

    /** The number of the process. */
    @Label("Process")
    public int pid;

    /** The number of the channel, the same for both directions. */
    @Label("Channel")
    public int channel;

    /** How long the message is; -1 if none came. */
    @Label("Bytes")
    @DataAmount
    public long bytes;

    /** How many messages wait in this direction afterwards. */
    @Label("Depth")
    public int depth;

    /** Whether the receiver had to wait for it. */
    @Label("Waited")
    public boolean waited;

    /** The innermost line of the program's own code, "file:line"; null if unknown. */
    @Label("Where")
    public String where;

    /** Makes an event that has not begun. */
    public ChannelReceiveEvent() {
    }
}
