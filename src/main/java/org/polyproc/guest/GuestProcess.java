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
import org.polyproc.syscall.FileTable;
import org.polyproc.syscall.Publisher;
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

    private static final String DELIVER_SIGNALS = "__import__('_polyproc.signals').signals.deliver";

    private final Guests guests;
    private final boolean child;
    private final Publisher publisher;

    /** Null until a prepared child is about to be born. */
    private volatile BiFunction<Value, VirtualProcess, Value> program;

    /** Null until the context is made. */
    private volatile GuestInterrupts.Stacks stacks;

    /* Guarded by this. */
    private Context context;
    private Runnable interrupt;
    private boolean cancelled;

    /* Used by the process's own thread only. */
    private Optional<FileTable> files = Optional.empty();

    private GuestProcess(
            Guests guests, boolean child, BiFunction<Value, VirtualProcess, Value> program, Publisher publisher) {
        this.guests = guests;
        this.child = child;
        this.program = program;
        this.publisher = publisher;
    }

    /**
     * Makes the body of a main process.
     *
     * @param guests    what the processes of a host have in common
     * @param program   what to ask of the overlay's root package, for this process; its answer is the exit code
     * @param publisher takes what the process leaves for Java
     */
    static GuestProcess main(Guests guests, BiFunction<Value, VirtualProcess, Value> program, Publisher publisher) {
        return new GuestProcess(guests, false, program, publisher);
    }

    /** Makes the body of a child, which waits for its program, see {@link #setProgram}, and for its birth. */
    static GuestProcess child(Guests guests) {
        return new GuestProcess(guests, true, null, (variable, segment, cells, single) -> { });
    }

    /** Says what a child is to execute; called before its birth. */
    void setProgram(BiFunction<Value, VirtualProcess, Value> program) {
        this.program = program;
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
            if (!reachable(own)) {
                return FAILURE;
            }
            Value root = own.eval(BOOT).execute(Overlay.ROOT, Overlay.sources().get(Overlay.ROOT),
                    guests.syscalls(self, child, publisher), String.join(" ", Overlay.sources().keySet()));
            prepareInterrupt(self, own);
            if (creation != null) {
                creation.pid = self.pid();
                creation.commit();
            }
            if (program == null) {
                root.invokeMember("prepare_child");
            }
            // A child may have its program and yet not be born, or not be wanted after all.
            if (!self.awaitBirth()) {
                return FAILURE;
            }
            return program.apply(root, self).asInt() & 0xff;
        } catch (InterruptedException e) {
            return FAILURE;
        } catch (PolyglotException e) {
            return e.isResourceExhausted() || self.pid() == UNBORN ? failed(self, err) : failed(e, err);
        } finally {
            close(self, own);
        }
    }

    private static ContextCreationEvent beginCreation() {
        if (!Trace.isOn()) {
            return null;
        }
        ContextCreationEvent event = new ContextCreationEvent();
        event.begin();
        return event;
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
        new PrintWriter(err, true, StandardCharsets.UTF_8).println("polyproc: process " + self.pid() + " (" + self.name()
                + ") ended because the JVM's memory is used up; its option -Xmx says how much there may be");
        return FAILURE;
    }

    private int failed(PolyglotException e, OutputStream err) {
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
        return FAILURE;
    }

    /** Everything that Python runs at exit has run by now; threads that are left are daemons, which just stop. */
    private void close(VirtualProcess self, Context own) {
        synchronized (this) {
            context = null;
            interrupt = null;
        }
        stacks = null;
        self.setEnding();
        try {
            cancel(own);
        } finally {
            files.ifPresent(FileTable::closeOpened);
            // The process is kept until its parent asks for it, and must not keep its interpreter.
            files = Optional.empty();
        }
    }

    /**
     * Cancels a context. What it started with {@code subprocess} and did not wait for lives on, as on POSIX; Truffle, which has
     * cancelled the context by then, takes it for an error.
     */
    private static void cancel(Context context) {
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
