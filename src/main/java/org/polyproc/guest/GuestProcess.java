package org.polyproc.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.syscall.Birthright;
import org.polyproc.syscall.FileTable;
import org.polyproc.syscall.ReadOnlyBytes;
import org.polyproc.syscall.Syscalls;
import org.polyproc.trace.ContextCreationEvent;
import org.polyproc.trace.Trace;

/**
 * A process that executes Python: a context of its own, made, used and closed on the process's own thread. A child may be prepared
 * before it is born: it has a context then, with what every child imports, and learns its program at its birth.
 */
final class GuestProcess implements ProcessBody {

    /** The exit code of a process that failed outside of its own code. */
    private static final int FAILURE = 1;

    private static final int UNBORN = 0;

    /** Executes the overlay's root package and returns it; a lambda leaves no name in the script's {@code __main__}. */
    private static final Source BOOT = Source.newBuilder("python", """
            lambda name, source, syscalls, modules: (lambda sys, package: (
                sys.modules.__setitem__(name, package),
                package.__dict__.update(__path__=[], kernel=syscalls, overlay_modules=frozenset(modules.split())),
                exec(compile(source, '<polyproc>/' + name + '/__init__.py', 'exec'), package.__dict__),
                package)[-1])(__import__('sys'), type(__import__('sys'))(name))
            """.strip(), "<polyproc boot>").internal(true).buildLiteral();

    /** A Python expression: what runs the handlers of the signals that wait for a process. */
    static final String DELIVER_SIGNALS = "__import__('_polyproc.signals').signals.deliver";

    private final Guests guests;
    private final boolean child;
    private final Published published = new Published();

    /** What a main process executes; null in a child. */
    private final BiFunction<Value, VirtualProcess, Value> program;

    /** What a child is prepared with; null in a main process, and if it is not known what it might be. */
    private final Birthright expected;
    /** The modules that a child imports in advance, with blanks between them. */
    private final String modules;

    /** Null until a child is about to be born. */
    private volatile Birthright birthright;

    /** Null until the context is made. */
    private volatile GuestInterrupts.Stacks stacks;

    /* Guarded by this. */
    private Context context;
    private Runnable interrupt;
    private boolean cancelled;

    /* Used by the process's own thread only. */
    private Optional<FileTable> files = Optional.empty();
    private Context left;

    private GuestProcess(
            Guests guests, BiFunction<Value, VirtualProcess, Value> program, Birthright expected, String modules) {
        this.guests = guests;
        this.child = program == null;
        this.program = program;
        this.expected = expected;
        this.modules = modules;
    }

    /**
     * Makes the body of a main process.
     *
     * @param guests    what the processes of a host have in common
     * @param program   what to ask of the overlay's root package, for this process; its answer is the exit code
     */
    static GuestProcess main(Guests guests, BiFunction<Value, VirtualProcess, Value> program) {
        return new GuestProcess(guests, program, null, "");
    }

    /**
     * Makes the body of a child, which waits for what it is given, see {@link #setBirthright}, and for its birth.
     *
     * @param expected what it will probably be given, the process object left out, for it to prepare for; null if that is not known
     * @param modules  the modules that it imports in advance, with blanks between them
     */
    static GuestProcess child(Guests guests, Birthright expected, String modules) {
        return new GuestProcess(guests, null, expected, modules);
    }

    /** Returns what the process leaves for Java; a child publishes nothing. */
    Published published() {
        return published;
    }

    /** Returns whether the child can be given this. */
    boolean suits(Birthright given) {
        return expected == null || expected.prepares(given);
    }

    /** Says what a child is given; called before its birth. */
    void setBirthright(Birthright given) {
        birthright = given;
    }

    @Override
    public int run(VirtualProcess self) {
        try (OutputStream out = guests.streams().out(self); OutputStream err = guests.streams().err(self)) {
            try {
                return execute(self, out, err);
            } catch (OutOfMemoryError e) {
                return failed(self, err);
            }
        } catch (IOException e) {
            // Only the device can fail here, and Python has had that error already when it wrote.
            return FAILURE;
        }
    }

    private int execute(VirtualProcess self, OutputStream out, OutputStream err) {
        ContextCreationEvent creation = beginCreation();
        Context own = guests.newContext(self, child, out, err);
        try {
            // Not to be cancelled: GraalPy never ends the threads of a context that was cancelled while Python began in it, and they
            // keep its engine.
            own.initialize("python");
            if (!reachable(own)) {
                return FAILURE;
            }
            Value root = boot(own, guests.syscalls(self, child, published));
            prepareInterrupt(self, own);
            if (creation != null) {
                creation.pid = self.pid();
                creation.commit();
            }
            return (child ? executeChild(self, root) : program.apply(root, self).asInt()) & 0xff;
        } catch (InterruptedException e) {
            return FAILURE;
        } catch (PolyglotException e) {
            return e.isResourceExhausted() || self.pid() == UNBORN ? failed(self, err) : failed(self, e, err);
        } finally {
            close(self, own);
        }
    }

    private int executeChild(VirtualProcess self, Value root) throws InterruptedException {
        if (birthright == null) {
            root.invokeMember("prepare_child", modules, expected == null ? null : new ReadOnlyBytes(expected.traits()),
                    expected == null ? null : new ReadOnlyBytes(expected.state()));
        }
        // A child may have its birthright and yet not be born, or not be wanted after all.
        if (!self.awaitBirth()) {
            return FAILURE;
        }
        Birthright given = birthright;
        return root.invokeMember("run_child", self.name(), new ReadOnlyBytes(given.traits()), new ReadOnlyBytes(given.state()),
                new ReadOnlyBytes(given.process())).asInt();
    }

    private static ContextCreationEvent beginCreation() {
        if (!Trace.isOn()) {
            return null;
        }
        ContextCreationEvent event = new ContextCreationEvent();
        event.begin();
        return event;
    }

    /** Puts the overlay in front of a context's standard library, and returns its root package. */
    static Value boot(Context context, Syscalls syscalls) {
        return context.eval(BOOT).execute(Overlay.ROOT, Overlay.sources().get(Overlay.ROOT), syscalls,
                String.join(" ", Overlay.sources().keySet()));
    }

    /** Lets {@link #cancel} reach the context, unless it came first. */
    private synchronized boolean reachable(Context own) {
        context = own;
        return !cancelled;
    }

    private void prepareInterrupt(VirtualProcess self, Context own) {
        own.enter();
        Runnable prepared;
        try {
            guests.threads().assign(self);
            guests.callCounts().reset();
            stacks = guests.interrupts().stacks();
            files = FileTable.current();
            prepared = guests.interrupts().prepare(DELIVER_SIGNALS);
        } finally {
            own.leave();
        }
        synchronized (this) {
            interrupt = prepared;
        }
        // Outside of this lock: the process takes its own first and then, to wake this body, this one.
        if (self.hasPendingSignal()) {
            // It came when there was nothing yet to wake.
            wake();
        }
    }

    /** Says what happened to a process that got no memory, where Python could not make it a {@code MemoryError}. */
    private static int failed(VirtualProcess self, OutputStream err) {
        if (self.pid() == UNBORN) {
            // Nobody has asked for it; who does starts another one.
            return FAILURE;
        }
        String reason = "the JVM's memory is used up; its option -Xmx says how much there may be";
        self.setError(reason);
        new PrintWriter(err, true, StandardCharsets.UTF_8).println(
                "polyproc: process " + self.pid() + " (" + self.name() + ") ended because " + reason);
        return FAILURE;
    }

    private int failed(VirtualProcess self, PolyglotException e, OutputStream err) {
        if (e.isCancelled()) {
            return FAILURE;
        }
        if (e.isExit()) {
            return e.getExitStatus() & 0xff;
        }
        PrintWriter writer = new PrintWriter(err, true, StandardCharsets.UTF_8);
        if (guests.debug()) {
            e.printStackTrace(writer);
        } else {
            writer.println("polyproc: the interpreter failed: " + e.getMessage());
        }
        self.setError("the interpreter failed: " + e.getMessage());
        return FAILURE;
    }

    /**
     * Everything that Python runs at exit has run by now; threads that are left are daemons, which just stop. If there are none,
     * nothing can happen in the context any more, so that it is closed only when everybody has heard of the process's end.
     */
    private void close(VirtualProcess self, Context own) {
        synchronized (this) {
            context = null;
            interrupt = null;
        }
        stacks = null;
        self.setEnding();
        try {
            if (self.threads().size() > 1) {
                cancel(own);
            } else {
                left = own;
            }
        } finally {
            files.ifPresent(FileTable::closeOpened);
            // The process is kept until its parent asks for it, and must not keep its interpreter.
            files = Optional.empty();
        }
    }

    @Override
    public void dispose() {
        if (left != null) {
            cancel(left);
            left = null;
        }
    }

    /**
     * Cancels a context. What it started with {@code subprocess} and did not wait for lives on, as on POSIX; Truffle, which has
     * cancelled the context by then, takes it for an error.
     */
    static void cancel(Context context) {
        try {
            context.close(true);
        } catch (PolyglotException e) {
            if (!e.isCancelled() && !String.valueOf(e.getMessage()).contains("alive sub-process")) {
                throw e;
            }
        }
    }

    @Override
    public void cancel() {
        Context running;
        synchronized (this) {
            cancelled = true;
            running = context;
        }
        if (running != null) {
            cancel(running);
        }
    }

    @Override
    public void leave() {
        leaveContext();
    }

    /** Waits until the context that the calling thread has entered is cancelled, and throws what ends the thread then. */
    static void leaveContext() {
        Context current = Context.getCurrent();
        while (true) {
            // Throws what ends the thread as soon as the context is being cancelled; the interrupt that tells of it comes later.
            current.safepoint();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // Look again.
            }
        }
    }

    @Override
    public String where() {
        return GuestFrames.where();
    }

    @Override
    public List<String> stack() {
        return GuestFrames.stack();
    }

    @Override
    public CompletableFuture<List<String>> stackOf(Thread thread) {
        GuestInterrupts.Stacks current = stacks;
        return current == null ? new CompletableFuture<>() : current.of(thread);
    }

    @Override
    public synchronized void wake() {
        if (interrupt != null) {
            interrupt.run();
        }
    }
}
