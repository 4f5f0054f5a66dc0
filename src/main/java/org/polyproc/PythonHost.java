package org.polyproc;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.polyproc.guest.EmptyFileSystem;
import org.polyproc.guest.Engines;
import org.polyproc.guest.Guests;
import org.polyproc.guest.StandardStreams;
import org.polyproc.kernel.Kernel;
import org.polyproc.kernel.Limits;
import org.polyproc.kernel.process.ProcessListener;
import org.polyproc.kernel.process.Signals;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;

/**
 * Runs Python programs with {@code multiprocessing} in this JVM. Each process is an isolated GraalPy context on a thread of its
 * own; the processes of a host share memory and locks, those of different hosts nothing.
 *
 * <p>What Java makes here to be shared ({@link #lock}, {@link #value} and the like) is passed to processes as an argument of
 * {@link PythonProgram#function}, or as the result of a {@link PythonCallback}. It lives until its last user has dropped it: a
 * process by its end, Java when the object is garbage, and in the end the host by {@link #close}.
 *
 * <p>Thread-safe.
 */
public final class PythonHost implements AutoCloseable {

    private final Kernel kernel;
    private final Engine engine;
    private final boolean ownsEngine;
    private final Guests guests;
    private final Holdings holdings;
    private final Handover handover;
    private volatile HostBean bean;

    private PythonHost(Builder builder) {
        kernel = new Kernel(builder.limits(), builder.posixSharedMemory, builder.unixSockets);
        if (builder.onDeadlock != null) {
            kernel.watchDeadlocks(builder.onDeadlock);
        }
        kernel.processes().setListener(new Listeners(builder.onStart, builder.onExit));
        ownsEngine = builder.engine == null;
        engine = ownsEngine ? Engines.create() : builder.engine;
        StandardStreams.LineListener onLine = builder.onLine == null ? null
                : (process, line) -> builder.onLine.onLine(process.pid(), process.name(), line);
        StandardStreams streams =
                new StandardStreams(builder.in, builder.out, builder.err, builder.terminals, onLine);
        guests = new Guests(kernel, engine, builder.contexts, streams, builder.preparedProcesses, builder.debug);
        holdings = new Holdings(kernel);
        handover = new Handover(holdings);
    }

    private PythonHost inJmx(String name) {
        try {
            bean = HostBean.register(this, name);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a host with the defaults} */
    public static PythonHost create() {
        return builder().build();
    }

    /**
     * Starts a program as a main process.
     *
     * @param program what it executes
     * @return the process
     * @throws RuntimeException if as many processes as allowed are alive
     * @throws IllegalStateException if the host is closed
     * @throws IllegalArgumentException if the program is a function, and an argument is a shared object of another host
     */
    public PythonProcess start(PythonProgram program) {
        handover.checkHost(program.handed());
        return new PythonProcess(
                guests.startMain(program.program(), process -> handover.toPython(program.handed(), process)));
    }

    /**
     * Calls a function of a Python module as a main process: {@link #start(PythonProgram)} with {@link PythonProgram#function}.
     *
     * @param module    the module's name
     * @param function  the function's name
     * @param arguments the arguments
     * @return the process
     * @throws IllegalArgumentException if an argument is none that Python can be given, or a shared object of another host
     */
    public PythonProcess start(String module, String function, Object... arguments) {
        return start(PythonProgram.function(module, function, arguments));
    }

    /**
     * Runs a program to its end, which comes when its last non-daemonic process has ended.
     *
     * @param program what it executes
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the program is killed then
     */
    public ExitStatus run(PythonProgram program) throws InterruptedException {
        try (PythonProcess process = start(program)) {
            return process.waitFor();
        }
    }

    /**
     * Runs a script to its end: {@link #run(PythonProgram)} with {@link PythonProgram#script}.
     *
     * @param script    the script
     * @param arguments what follows in {@code sys.argv}
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the program is killed then
     */
    public ExitStatus run(Path script, String... arguments) throws InterruptedException {
        return run(PythonProgram.script(script).withArguments(arguments));
    }

    /**
     * Makes a context of the application a main process of this host, so that {@code multiprocessing} works in it. Call it on the
     * thread that made the context and is going to use it, before the first {@code import multiprocessing} there.
     *
     * <p>The process is named {@code MainProcess} and has a number, which {@code os.getpid()} gives from now on. Its rights, streams
     * and options stay those of the context. Its children are made by this host: with the contexts of
     * {@link Builder#context(Supplier)}, and the streams of the host's builder. They find what the process starts if it is in
     * a module on {@code sys.path}; what the application evaluated is in no module.
     *
     * <p>The process ends when the context is closed (what {@code multiprocessing} does at exit is done then), when this host is
     * closed, and by {@link PythonProcess#close}; in the last two cases the context can still be used, but its objects of
     * {@code multiprocessing} can't. A signal that ends a process, {@code os._exit} and {@link PythonProcess#kill} cancel the context.
     *
     * @param context an open context that has Python and lets it call exported methods ({@code HostAccess.EXPLICIT}, which is the
     *     default, or wider), and allows threads if its code uses queues or pools. Its engine may be its own; one that is also the
     *     host's ({@link Builder#engine}) saves parsing the same code twice
     * @return the process
     * @throws IllegalArgumentException if the context is none of that kind
     * @throws IllegalStateException    if the context has imported {@code multiprocessing}, if polyproc was installed into it
     *     before, if the calling thread is not the context's main thread, or if the context or this host is closed
     * @throws RuntimeException         if as many processes as allowed are alive
     */
    public PythonProcess install(Context context) {
        return new PythonProcess(guests.install(context));
    }

    // The process table

    /**
     * {@return the processes at this moment, in the order of their numbers: those that live, and those that have ended and that their
     * parent has not waited for}
     */
    public Stream<PythonProcess> processes() {
        return kernel.processes().list().map(PythonProcess::new);
    }

    /**
     * {@return the process of that number, if there is one that {@link #processes} would return}
     *
     * @param pid the number, see {@link PythonProcess#pid}
     */
    public Optional<PythonProcess> process(int pid) {
        return kernel.processes().find(pid).map(PythonProcess::new);
    }

    // Shared objects

    /**
     * {@return a new {@code multiprocessing.Lock}}
     *
     * @throws IllegalStateException if the host is closed
     */
    public SharedLock lock() {
        return new SharedLock(holdings, holdings.kernel().semaphore(1, 1), false);
    }

    /**
     * {@return a new {@code multiprocessing.RLock}}
     *
     * @throws IllegalStateException if the host is closed
     */
    public SharedLock reentrantLock() {
        return new SharedLock(holdings, holdings.kernel().semaphore(1, 1), true);
    }

    /**
     * {@return a new {@code multiprocessing.Semaphore}}
     *
     * @param value how many units are free at first, at least 0
     * @throws IllegalArgumentException if the value is negative
     * @throws IllegalStateException if the host is closed
     */
    public SharedSemaphore semaphore(int value) {
        return new SharedSemaphore(holdings, holdings.kernel().semaphore(value, KernelSemaphore.MAX_VALUE));
    }

    /**
     * {@return a new {@code multiprocessing.BoundedSemaphore}}
     *
     * @param value how many units are free at first, and at most; at least 1
     * @throws IllegalArgumentException if the value is less
     * @throws IllegalStateException if the host is closed
     */
    public SharedSemaphore boundedSemaphore(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the bound of a semaphore must be positive: value=" + value);
        }
        return new SharedSemaphore(holdings, holdings.kernel().semaphore(value, value));
    }

    /**
     * {@return a new {@code multiprocessing.Condition} with a reentrant lock of its own}
     *
     * @throws IllegalStateException if the host is closed
     */
    public SharedCondition condition() {
        return condition(reentrantLock());
    }

    /**
     * {@return a new {@code multiprocessing.Condition} of a lock}
     *
     * @param lock the lock of the condition
     * @throws IllegalArgumentException if the lock belongs to another host
     * @throws IllegalStateException if the host is closed
     */
    public SharedCondition condition(SharedLock lock) {
        handover.checkHost(lock);
        return lock.newCondition();
    }

    /**
     * {@return a new {@code multiprocessing.Event}, which is not set}
     *
     * @throws IllegalStateException if the host is closed
     */
    public SharedEvent event() {
        return new SharedEvent(holdings);
    }

    /**
     * {@return a new {@code multiprocessing.Barrier} whose waits have no limit}
     *
     * @param parties how many threads must come, at least 1
     * @throws IllegalArgumentException if there are fewer parties
     * @throws IllegalStateException if the host is closed
     */
    public SharedBarrier barrier(int parties) {
        return new SharedBarrier(holdings, parties, null);
    }

    /**
     * {@return a new {@code multiprocessing.Barrier}}
     *
     * @param parties how many threads must come, at least 1
     * @param timeout how long each waits unless it says otherwise
     * @throws IllegalArgumentException if there are fewer parties
     * @throws IllegalStateException if the host is closed
     */
    public SharedBarrier barrier(int parties, Duration timeout) {
        return new SharedBarrier(holdings, parties, Objects.requireNonNull(timeout));
    }

    /**
     * {@return a new {@code multiprocessing.Queue} without a limit of its own on how many objects it takes}
     *
     * @throws IllegalStateException if the host is closed
     */
    public SharedQueue queue() {
        return queue(KernelSemaphore.MAX_VALUE);
    }

    /**
     * {@return a new {@code multiprocessing.Queue}}
     *
     * @param capacity how many objects it takes, at least 1
     * @throws IllegalArgumentException if it would take none
     * @throws IllegalStateException if the host is closed
     */
    public SharedQueue queue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the capacity of a queue must be positive: capacity=" + capacity);
        }
        return new SharedQueue(holdings, capacity);
    }

    /**
     * {@return a new {@code multiprocessing.Value} with an {@code RLock}; the number is 0}
     *
     * @param typeCode its type, as {@code multiprocessing} and {@code ctypes} name it: {@code b}, {@code B} a signed and an
     *     unsigned integer of 8 bits, {@code h}, {@code H} of 16, {@code i}, {@code I} of 32, {@code l}, {@code L}, {@code q},
     *     {@code Q} of 64; {@code f}, {@code d} a real number of 32 and 64 bits; {@code c}, {@code u} a character of 8 and 32
     *     bits; {@code ?} a truth value
     * @throws IllegalArgumentException if there is no such type code
     * @throws IllegalStateException if the host is closed
     */
    public SharedValue value(char typeCode) {
        return new SharedValue(allocate(typeCode, 1));
    }

    /**
     * {@return a new {@code multiprocessing.Array} with an {@code RLock}; its elements are 0}
     *
     * @param typeCode the type of its elements, see {@link #value}
     * @param length how many elements it has, at least 0
     * @throws IllegalArgumentException if there is no such type code or the length is negative
     * @throws IllegalStateException if the host is closed
     * @throws OutOfMemoryError if there is not so much memory
     */
    public SharedArray array(char typeCode, long length) {
        return new SharedArray(allocate(typeCode, length));
    }

    private LockedCells allocate(char typeCode, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("the length of an array must not be negative: length=" + length);
        }
        // An array without elements has an identity all the same.
        long byteSize = Math.max(Math.multiplyExact(length, (long) TypeCode.format(typeCode).byteSize()), 1);
        return new LockedCells(holdings, holdings.kernel().segment(byteSize), typeCode, length, reentrantLock());
    }

    /** Sends SIGINT to every process, as a terminal does when Ctrl-C is typed. */
    public void interruptAll() {
        kernel.processes().list().forEach(process -> process.signal(Signals.SIGINT));
    }

    /**
     * Describes all processes, for people: what each waits for, which locks it holds, the Python functions that its threads execute,
     * and which processes wait for each other. The processes go on. Takes up to three seconds if threads are busy outside of Python.
     *
     * @return lines, each with its end
     * @throws InterruptedException if the calling thread is interrupted
     */
    public String dump() throws InterruptedException {
        return kernel.dump();
    }

    /**
     * {@return how much shared memory the host's processes hold, in bytes} What is garbage in Python counts until the JVM's
     * collector has found it; POSIX shared memory is not counted.
     */
    public long sharedBytes() {
        return kernel.sharedBytes();
    }

    /** {@return whether Python code is compiled to machine code; without GraalVM's compiler it is interpreted} */
    public boolean hasJit() {
        return Engines.hasJit(engine);
    }

    /** {@return how many bytes may wait in pipes and queues together, see {@link Builder#maxQueuedBytes}} */
    public long maxQueuedBytes() {
        return kernel.limits().maxQueuedBytes();
    }

    /**
     * Kills every process, waits for their ends and frees what they and Java shared: whoever uses a shared object afterwards, or
     * waits for one, gets an {@link IllegalStateException}. Contexts that polyproc was installed into are left to the application.
     * Takes at most some 10 seconds, usually much less; what has not ended by then is named in the log. Idempotent.
     */
    @Override
    public void close() {
        if (bean != null) {
            bean.unregister();
        }
        guests.close();
        kernel.close();
        holdings.close();
        if (ownsEngine) {
            engine.close(true);
        }
    }

    /** Makes handles for who listens. */
    private record Listeners(Consumer<PythonProcess> start, Consumer<PythonProcess> exit) implements ProcessListener {
        @Override
        public void onStart(VirtualProcess process) {
            start.accept(new PythonProcess(process));
        }

        @Override
        public void onExit(VirtualProcess process) {
            exit.accept(new PythonProcess(process));
        }
    }

    /** Is told each line that a process completes on its standard output, by that process's thread. */
    @FunctionalInterface
    public interface LineListener {
        /**
         * Takes a line.
         *
         * @param pid     the number of the process that wrote it
         * @param process the process's name
         * @param line    the line, without its end
         */
        void onLine(int pid, String process, String line);
    }

    /** Settings of a host. Not thread-safe. */
    public static final class Builder {
        /** The package of GraalPy's buffer protocol, which shared memory takes part in. */
        private static final String BUFFERS = "com.oracle.graal.python.builtins.objects.buffer";

        private Supplier<Context.Builder> contexts = Builder::closedContext;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = System.out;
        private OutputStream err = System.err;
        private static final int LEAST_QUEUED_BYTES = 1 << 16;

        private Set<Integer> terminals = Set.of();
        private int preparedProcesses = Runtime.getRuntime().availableProcessors();
        private LineListener onLine;
        private Consumer<String> onDeadlock;
        private Consumer<PythonProcess> onStart = process -> { };
        private Consumer<PythonProcess> onExit = process -> { };
        private Engine engine;
        private String jmxName;
        private int maxProcesses = Limits.DEFAULT_PROCESSES;
        private int maxThreads = Limits.DEFAULT_THREADS;
        private int maxKernelObjects = Limits.DEFAULT_OBJECTS;
        private Optional<Duration> maxRunTime = Optional.empty();
        private long maxSharedBytes = Runtime.getRuntime().maxMemory();
        private long maxQueuedBytes = Runtime.getRuntime().maxMemory() / 4;
        private boolean posixSharedMemory;
        private boolean unixSockets;
        private boolean debug;

        private Builder() {
        }

        /** On the class path, all packages are open to each other. */
        private static void checkModules() {
            Module polyproc = PythonHost.class.getModule();
            boolean hasAccess = !polyproc.isNamed() || polyproc.getLayer().findModule("org.graalvm.py")
                    .filter(graalpy -> graalpy.isExported(BUFFERS, polyproc)).isPresent();
            if (!hasAccess) {
                throw new IllegalStateException("on the module path polyproc needs the JVM's option --add-exports=org.graalvm.py/"
                        + BUFFERS + "=org.polyproc");
            }
        }

        /** Scripts may compute and start threads and processes of the host; nothing else. */
        private static Context.Builder closedContext() {
            return Context.newBuilder("python").allowCreateThread(true).allowIO(EmptyFileSystem.access());
        }

        /**
         * Sets what makes the context builder of each process; its rights and options hold in every process. It must allow
         * threads ({@code allowCreateThread(true)}) and calls of exported Java methods ({@code HostAccess.EXPLICIT}, which is
         * the default, or wider). The host sets the builder's engine and standard streams.
         *
         * <p>The default allows threads and nothing else: no files, no network, no Java classes.
         *
         * @param supplier makes a new builder each time
         * @return this builder
         */
        public Builder context(Supplier<Context.Builder> supplier) {
            contexts = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Sets the standard input of main processes; the default is empty.
         *
         * @param stream the stream
         * @return this builder
         */
        public Builder in(InputStream stream) {
            in = Objects.requireNonNull(stream);
            return this;
        }

        /**
         * Sets where standard output goes, line by line; the default is {@link System#out}.
         *
         * @param stream the stream
         * @return this builder
         */
        public Builder out(OutputStream stream) {
            out = Objects.requireNonNull(stream);
            return this;
        }

        /**
         * Sets where standard error goes, line by line; the default is {@link System#err}.
         *
         * @param stream the stream
         * @return this builder
         */
        public Builder err(OutputStream stream) {
            err = Objects.requireNonNull(stream);
            return this;
        }

        /**
         * Says which of the file descriptors 0, 1 and 2 are a terminal; the default is none.
         *
         * @param descriptors some of 0, 1 and 2
         * @return this builder
         */
        public Builder terminals(int... descriptors) {
            Set<Integer> set = new HashSet<>();
            for (int descriptor : descriptors) {
                set.add(Objects.checkIndex(descriptor, 3));
            }
            terminals = set;
            return this;
        }

        /**
         * Sets who is told each line of standard output; the default is nobody.
         *
         * @param listener who is told
         * @return this builder
         */
        public Builder onLine(LineListener listener) {
            onLine = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Makes the host watch out for processes that wait for ever, and sets who is told when there are some: the first time, with
         * lines of text that say who waits for what and on which line, by a thread of its own. The processes go on waiting. The
         * default is nobody.
         *
         * <p>There is a deadlock if processes wait for each other's locks or ends in a ring, or if all threads of all processes wait
         * for what only they could give. A wait with a limit of time, a signal handler, a thread that waits for something that is
         * not {@code multiprocessing}'s, and what Java or a socket holds too, may end. Makes waits slower.
         *
         * @param listener who is told
         * @return this builder
         */
        public Builder onDeadlock(Consumer<String> listener) {
            onDeadlock = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Sets who is told that a process has started, a child or a main process; the default is nobody. The thread that starts it
         * calls the listener, a child's parent's for example, and the process executes nothing until the listener returns; so it
         * should return soon. What it throws is logged and changes nothing.
         *
         * @param listener who is told
         * @return this builder
         */
        public Builder onStart(Consumer<PythonProcess> listener) {
            onStart = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Sets who is told that a process has ended; the default is nobody. It is called once for each process, after the other
         * listener has returned, and its exit status is known. The process's own thread calls it as its last act, or whoever ended
         * a process that had not begun. {@link PythonHost#close} waits for the calls. What it throws is logged and changes nothing.
         *
         * @param listener who is told
         * @return this builder
         */
        public Builder onExit(Consumer<PythonProcess> listener) {
            onExit = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Sets the engine of all processes; what one host has parsed and compiled on it another one need not. Closing the host does
         * not close it. The default is an engine of the host's own.
         *
         * @param shared the engine
         * @return this builder
         * @throws IllegalArgumentException if the engine has no Python
         */
        public Builder engine(Engine shared) {
            if (!shared.getLanguages().containsKey("python")) {
                throw new IllegalArgumentException("the engine must have the language python: languages="
                        + shared.getLanguages().keySet());
            }
            engine = shared;
            return this;
        }

        /**
         * Shows the host in JMX, as a {@link PythonHostMXBean} of the platform's MBean server, until it is closed; the default is not
         * to. Its object name is {@code org.polyproc:type=PythonHost,name=NAME}.
         *
         * @param name the name, which no other host in JMX has
         * @return this builder
         */
        public Builder jmx(String name) {
            jmxName = Objects.requireNonNull(name);
            return this;
        }

        /**
         * Sets how many processes may be alive at once, at least 1; the default is 512. One more is refused with Python's
         * {@code BlockingIOError}.
         *
         * @param limit how many
         * @return this builder
         */
        public Builder maxProcesses(int limit) {
            maxProcesses = limit;
            return this;
        }

        /**
         * Sets how many threads the processes may have together besides their main threads, not negative; the default is 4096. One
         * more is refused with Python's {@code RuntimeError: can't start new thread}.
         *
         * @param limit how many, at least 0
         * @return this builder
         */
        public Builder maxThreads(int limit) {
            maxThreads = limit;
            return this;
        }

        /**
         * Sets how many kernel objects the processes may have together, not negative; the default is 131,072. Semaphores (a
         * {@code Lock} is one, a {@code Queue} three), ends of pipes, shared memory, listeners and sentinels of processes count
         * once for each process that holds them, names of shared memory and semaphores once. One more is refused with Python's
         * {@code OSError} ENFILE.
         *
         * @param limit how many, at least 0
         * @return this builder
         */
        public Builder maxKernelObjects(int limit) {
            maxKernelObjects = limit;
            return this;
        }

        /**
         * Sets how long a program may run: the process that Java starts, and all that descend from it, from the start of the first one
         * on. The default is no limit. When the time is over, Python's {@code TimeoutError} is raised in the main thread of each;
         * a process that has not ended a second later is killed.
         *
         * @param time how long
         * @return this builder
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder maxRunTime(Duration time) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("the limit on run time must be positive: limit=" + time);
            }
            maxRunTime = Optional.of(time);
            return this;
        }

        private Limits limits() {
            return new Limits(maxProcesses, maxThreads, maxKernelObjects, maxSharedBytes, maxQueuedBytes, maxRunTime);
        }

        /**
         * Sets how many child processes are kept ready before they are asked for, at least 0; the default is the number of
         * processors. Each is an interpreter of some megabytes on a thread that waits. They are made when a script imports
         * {@code multiprocessing} and when children end, and given up when none is started for 10 seconds.
         *
         * @param number how many
         * @return this builder
         */
        public Builder preparedProcesses(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("the number of prepared processes must not be negative: number=" + number);
            }
            preparedProcesses = number;
            return this;
        }

        /**
         * Sets how much shared memory there may be, in bytes: values, arrays, blocks of {@code multiprocessing.shared_memory} unless
         * they are the machine's. The default is as much as the JVM's heap may have ({@code -Xmx}). One byte more is refused with
         * Python's {@code OSError} ENOMEM.
         *
         * @param limit how many
         * @return this builder
         */
        public Builder maxSharedBytes(long limit) {
            maxSharedBytes = limit;
            return this;
        }

        /**
         * Sets how many bytes may wait in pipes and queues together, to be read. The default is a quarter of what the JVM's heap
         * may have ({@code -Xmx}). While there is no room, a sender waits until a reader of any pipe makes some; a message longer
         * than the limit is refused with Python's {@code OSError} EMSGSIZE. The first 4 KiB in each pipe don't count, nor what
         * waiting senders still hold.
         *
         * @param limit how many
         * @return this builder
         * @throws IllegalArgumentException if the limit is less than 65,536, what one pipe takes
         */
        public Builder maxQueuedBytes(long limit) {
            if (limit < LEAST_QUEUED_BYTES) {
                throw new IllegalArgumentException(
                        "the limit on bytes in pipes must be at least " + LEAST_QUEUED_BYTES + ": limit=" + limit);
            }
            maxQueuedBytes = limit;
            return this;
        }

        /**
         * Makes {@code multiprocessing.shared_memory} use the machine's POSIX shared memory, so that other programs, a
         * {@code python3} of the same user among them, can attach to it by its name, and scripts to theirs. The default is shared
         * memory that only the host's processes see. Needs Linux.
         *
         * @param on whether to
         * @return this builder
         */
        public Builder posixSharedMemory(boolean on) {
            posixSharedMemory = on;
            return this;
        }

        /**
         * Makes the paths that {@code multiprocessing.connection} takes as addresses of family {@code AF_UNIX} the machine's
         * socket files, so that other programs, a {@code python3} among them, can connect, and scripts to theirs. The default is
         * addresses that only the host's processes see. If on, scripts may make and use socket files wherever the JVM may,
         * whatever files their context sees.
         *
         * @param on whether to
         * @return this builder
         */
        public Builder unixSockets(boolean on) {
            unixSockets = on;
            return this;
        }

        /**
         * Prints failures of the interpreter itself with their Java stack traces; the default is one sentence.
         *
         * @param on whether to
         * @return this builder
         */
        public Builder debug(boolean on) {
            debug = on;
            return this;
        }

        /**
         * {@return the host}
         *
         * @throws IllegalStateException if another host in JMX has the name, or POSIX shared memory is wanted on a machine that has none, or polyproc is on the module
         *                               path and the JVM lacks an option that it needs there; the message names it
         */
        public PythonHost build() {
            checkModules();
            PythonHost host = new PythonHost(this);
            return jmxName == null ? host : host.inJmx(jmxName);
        }
    }
}
