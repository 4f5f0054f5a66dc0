package org.polyproc.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * SIGQUIT, which a terminal sends when Ctrl-\ is typed. The JVM keeps this signal to itself, for a dump of its own threads, so here it
 * is taken over below the JVM: no Java code can be a signal handler, but a function of the C library can.
 *
 * <pre>
 *   signal 3 -> eventfd_write(3, address of the signal's data) -> event counter, file descriptor 3 -> a thread that reads it
 * </pre>
 *
 * <p>The handler gets the signal's number as its first argument, so the event counter has to be the file descriptor of that number. The
 * launcher script keeps it free, and tells so by a system property. Linux only; elsewhere the JVM's own dump stays.
 */
final class QuitSignal {

    /** Set by the launcher script if {@link #SIGQUIT} is no file descriptor of anybody else. */
    static final String PROPERTY = "polyproc.quit";

    private static final int SIGQUIT = 3;
    private static final int EFD_CLOEXEC = 0x80000;

    /* struct sigaction of Linux's 64-bit C libraries: handler, mask of 1024 bits, flags, restorer. */
    private static final long SIGACTION_BYTES = 152;
    private static final long FLAGS_OFFSET = 136;
    private static final int SA_SIGINFO = 4;
    private static final int SA_RESTART = 0x10000000;

    private final Linker linker = Linker.nativeLinker();
    private final Runnable action;

    private QuitSignal(Runnable action) {
        this.action = action;
    }

    /**
     * Takes the signal over, if the launcher script has prepared that.
     *
     * @param action is called each time the signal comes, in a thread of its own
     */
    static void handle(Runnable action) {
        if (Boolean.getBoolean(PROPERTY) && System.getProperty("os.name").equals("Linux")) {
            Thread.ofPlatform().daemon().name("polyproc-quit").start(new QuitSignal(action)::serve);
        }
    }

    private void serve() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counter = arena.allocate(JAVA_LONG);
            MethodHandle read = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
            install(arena);
            while ((long) read.invokeExact(SIGQUIT, counter, counter.byteSize()) > 0) {
                action.run();
            }
        } catch (Throwable e) {
            System.getLogger("org.polyproc.cli").log(System.Logger.Level.WARNING, "SIGQUIT stays the JVM's", e);
        }
    }

    private void install(Arena arena) throws Throwable {
        int events = (int) function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(0, EFD_CLOEXEC);
        int ours = (int) function("dup2", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(events, SIGQUIT);
        MemorySegment sigaction = arena.allocate(SIGACTION_BYTES, Long.BYTES);
        sigaction.set(ADDRESS, 0, symbol("eventfd_write"));
        // With SA_SIGINFO the handler has a second argument on all processors, an address: some number above 0 to write.
        sigaction.set(JAVA_INT, FLAGS_OFFSET, SA_SIGINFO | SA_RESTART);
        int failure = (int) function("sigaction", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)
                .invokeExact(SIGQUIT, sigaction, MemorySegment.NULL);
        if (events < 0 || ours != SIGQUIT || failure != 0) {
            throw new IllegalStateException("the C library refused: eventfd=" + events + " dup2=" + ours + " sigaction=" + failure);
        }
    }

    private MemorySegment symbol(String name) {
        return linker.defaultLookup().findOrThrow(name);
    }

    @SuppressWarnings("restricted")
    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return linker.downcallHandle(symbol(name), FunctionDescriptor.of(result, arguments));
    }
}
