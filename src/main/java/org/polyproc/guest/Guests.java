package org.polyproc.guest;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.ResourceTracker;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.syscall.Birthright;
import org.polyproc.syscall.LibraryCode;
import org.polyproc.syscall.ProcessStarter;
import org.polyproc.syscall.Publisher;
import org.polyproc.syscall.SourceCalls;
import org.polyproc.syscall.Syscalls;

/**
 * What the Python processes of one host have in common, and the way to start them: one engine, so that code is parsed and
 * compiled once; one source of context builders, so that all have the same rights; one set of standard streams.
 *
 * <p>Thread-safe.
 */
public final class Guests implements AutoCloseable {

    private final Kernel kernel;
    private final Engine engine;
    private final Supplier<Context.Builder> contexts;
    private final StandardStreams streams;
    private final boolean debug;
    private final GuestInterrupts interrupts;
    private final GuestThreads threads;
    private final CallCounts callCounts;
    private final Nursery nursery;
    private final LibraryCode code = new LibraryCode();

    /**
     * @param kernel   the host's kernel
     * @param engine   the engine of all contexts
     * @param contexts makes the builder of each process's context; engine and streams are set by this class
     * @param streams  the standard streams
     * @param prepared how many children are prepared at most before they are asked for, at least 0
     * @param debug    whether failures of the interpreter itself are printed with their Java stack traces
     */
    public Guests(Kernel kernel, Engine engine, Supplier<Context.Builder> contexts, StandardStreams streams, int prepared,
            boolean debug) {
        this.kernel = kernel;
        this.engine = engine;
        this.contexts = contexts;
        this.streams = streams;
        this.debug = debug;
        Instrument instrument = engine.getInstruments().get(InterruptInstrument.ID);
        this.interrupts = instrument.lookup(GuestInterrupts.class);
        this.threads = instrument.lookup(GuestThreads.class);
        this.callCounts = instrument.lookup(CallCounts.class);
        this.nursery = new Nursery(this, kernel.processes(), prepared);
    }

    /**
     * Starts a main process: one without a parent.
     *
     * @param program   what it executes
     * @param handed    makes what Java hands to it, in the words of {@code _polyproc.twins}; called by its main thread
     */
    public VirtualProcess startMain(Program program, Function<VirtualProcess, Object> handed) {
        return kernel.processes().start(null, "MainProcess", List.of(), GuestProcess.main(this,
                (root, self) -> root.invokeMember("run_main", program.kind().name(), program.target(), list(program.arguments()),
                        list(program.options()), program.python2().name(), program.verbose(), handed.apply(self))));
    }

    /**
     * Makes a context of the application, which it executes on the calling thread, a main process. Its streams, rights and options
     * stay what they are; its children are like all of this host.
     *
     * @throws IllegalArgumentException if the context has no Python, or Python may not call exported methods in it
     * @throws IllegalStateException    if it is too late or the wrong thread, or the kernel is closed
     */
    public VirtualProcess install(Context context) {
        return InstalledGuest.install(this, context);
    }

    /**
     * Ends a process that is an {@linkplain #install installed} context, without an end of the context, and the processes that it
     * started.
     *
     * @param timeoutNanos how long to wait for their ends, in nanoseconds
     * @return false if the process is of another kind
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static boolean uninstall(VirtualProcess process, long timeoutNanos) throws InterruptedException {
        if (!(process.body() instanceof InstalledGuest)) {
            return false;
        }
        InstalledGuest.uninstall(process, timeoutNanos);
        return true;
    }

    private static ProxyArray list(List<String> words) {
        return ProxyArray.fromList(List.copyOf(words));
    }

    private final class ChildStarter implements ProcessStarter {
        @Override
        public VirtualProcess start(VirtualProcess parent, String name, Birthright birthright, Collection<Integer> inherited) {
            List<Integer> all = new ArrayList<>(inherited);
            all.addAll(parent.descriptors().ids(ResourceTracker.class));
            return nursery.start(parent, name, all, birthright);
        }

        @Override
        public void learn(String modules) {
            nursery.learn(modules);
        }
    }

    Context newContext(VirtualProcess self, boolean child, OutputStream out, OutputStream err) {
        return contexts.get().engine(engine).in(streams.in(self, child)).out(out).err(err).build();
    }

    Syscalls syscalls(VirtualProcess self, boolean child, Publisher publisher) {
        return syscalls(self, child, publisher, descriptor -> streams.isTerminal(child, descriptor), sources(false));
    }

    Syscalls syscalls(VirtualProcess self, boolean child, Publisher publisher, IntPredicate isTerminal, SourceCalls sources) {
        if (!child) {
            // Its children inherit the tracker.
            self.descriptors().hold(kernel.resourceTracker(streams::warn));
        }
        return new Syscalls(kernel, self, new ChildStarter(), child ? () -> { } : nursery::fill, sources, publisher, isTerminal);
    }

    /** Ends the processes that are prepared and not born. No other is prepared afterwards. Idempotent. */
    @Override
    public void close() {
        nursery.close();
    }

    Kernel kernel() {
        return kernel;
    }

    /** @param sealed see {@link SourceCalls} */
    SourceCalls sources(boolean sealed) {
        return new SourceCalls(Overlay.sources(), code, sealed);
    }

    StandardStreams streams() {
        return streams;
    }

    GuestInterrupts interrupts() {
        return interrupts;
    }

    CallCounts callCounts() {
        return callCounts;
    }

    GuestThreads threads() {
        return threads;
    }

    boolean debug() {
        return debug;
    }
}
