package org.polyproc.guest;

import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Instrument;
import org.graalvm.polyglot.Source;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.syscall.Syscalls;

/**
 * A main process whose context and thread are the application's: it executes what the application evaluates, and ends with the
 * context, or when it is uninstalled. A signal that would end a process cancels the context.
 */
final class InstalledGuest implements ProcessBody {

    /** Says what is against an installation, or nothing; leaves no name in the context. */
    private static final Source CHECK = Source.newBuilder("python", """
            (lambda modules, thread:
                'TWICE' if '_polyproc' in modules else
                'LATE' if 'multiprocessing' in modules else
                'THREAD' if 'threading' in modules and modules['threading'].main_thread().ident != thread.get_ident() else
                '')(__import__('sys').modules, __import__('_thread'))
            """.strip().replace('\n', ' '), "<polyproc check>").internal(true).buildLiteral();

    private static final Map<String, String> OBSTACLES = Map.of(
            "TWICE", "polyproc can be installed once into a context",
            "LATE", "polyproc must be installed into a context before it imports multiprocessing",
            "THREAD", "polyproc must be installed by the context's main thread, the one that imported threading");

    private final Context context;

    /* Written before the process can be seen by its children and by scripts, but for the first moments of a kill. */
    private volatile VirtualProcess process;
    private volatile Runnable interrupt = () -> { };

    private InstalledGuest(Context context) {
        this.context = context;
    }

    /** Makes a context a main process, see {@link Guests#install}. */
    static VirtualProcess install(Guests guests, Context context) {
        check(guests, context);
        InstalledGuest body = new InstalledGuest(context);
        VirtualProcess self = guests.kernel().processes().adopt("MainProcess", body);
        body.process = self;
        try {
            Syscalls syscalls = guests.syscalls(
                    self, false, (name, segment, cells, single) -> { }, descriptor -> false, guests.sources(true));
            GuestProcess.boot(context, syscalls).invokeMember("install");
            body.prepareInterrupt();
        } catch (RuntimeException | Error e) {
            self.release(1);
            throw e;
        }
        return self;
    }

    private static void check(Guests guests, Context context) {
        try {
            context.initialize("python");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the context must have the language python: " + e.getMessage(), e);
        }
        if (!context.asValue(guests.sources(true)).canInvokeMember("overlay")) {
            throw new IllegalArgumentException(
                    "the context must let Python call exported methods: HostAccess.EXPLICIT, which is the default, or wider");
        }
        String obstacle = context.eval(CHECK).asString();
        if (!obstacle.isEmpty()) {
            throw new IllegalStateException(OBSTACLES.get(obstacle));
        }
    }

    private void prepareInterrupt() {
        Instrument instrument = context.getEngine().getInstruments().get(InterruptInstrument.ID);
        context.enter();
        try {
            instrument.lookup(GuestThreads.class).assign(process);
            interrupt = instrument.lookup(GuestInterrupts.class).prepare(GuestProcess.DELIVER_SIGNALS);
        } finally {
            context.leave();
        }
    }

    /** Ends the process, see {@link Guests#uninstall}. */
    static void uninstall(VirtualProcess process, long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        List<VirtualProcess> children = process.children();
        process.release(0);
        for (VirtualProcess child : children) {
            kill(child, deadline);
        }
    }

    private static void kill(VirtualProcess process, long deadline) throws InterruptedException {
        List<VirtualProcess> children = process.children();
        process.signal(Signals.SIGKILL);
        for (VirtualProcess child : children) {
            kill(child, deadline);
        }
        process.waitFor(deadline - System.nanoTime());
    }

    @Override
    public int run(VirtualProcess self) {
        throw new AssertionError("an adopted process has no thread to run on");
    }

    @Override
    public void cancel() {
        GuestProcess.cancel(context);
        process.release(1);
    }

    @Override
    public void leave() {
        GuestProcess.leaveContext();
    }

    @Override
    public void wake() {
        interrupt.run();
    }
}
