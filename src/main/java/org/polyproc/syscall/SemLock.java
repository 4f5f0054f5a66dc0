package org.polyproc.syscall;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.HostAccess.Export;
import org.polyproc.kernel.Names;
import org.polyproc.kernel.process.SignalInterrupt;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.process.WaitReason;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.trace.Trace;

/**
 * A semaphore as one process sees it: the shared units and, as in CPython's {@code _multiprocessing.SemLock}, this process's
 * own record of which of its threads acquired last and how often. Of a lock, which has one unit, the kernel knows the owner.
 *
 * <p>Thread-safe. What a thread did before {@link #release} is visible to the thread, of any process, that acquires next.
 */
public final class SemLock {

    /** {@link #acquire}: the time is over. */
    static final int TIMEOUT = 0;
    /** {@link #acquire}: a unit was taken. */
    static final int ACQUIRED = 1;
    /** {@link #acquire}: a signal waits for the calling process. */
    static final int INTERRUPTED = 2;

    /** {@link #release}: a unit was given back. */
    static final int RELEASED = 0;
    /** {@link #release}: a recursive lock that the calling thread does not hold. */
    static final int NOT_OWNER = 1;
    /** {@link #release}: the value already is at its bound. */
    static final int TOO_OFTEN = 2;

    private final VirtualProcess self;
    private final KernelSemaphore semaphore;
    private final boolean recursive;
    private final boolean single;
    private final boolean watched;
    private final Hold hold;
    private final Spin spin = new Spin();
    private final AtomicInteger count = new AtomicInteger();
    /** Not volatile: who asks either is this thread or has been told that it acquired. */
    private Thread lastOwner;

    SemLock(VirtualProcess self, KernelSemaphore semaphore, boolean recursive) {
        this.self = self;
        this.semaphore = semaphore;
        this.recursive = recursive;
        this.single = semaphore.isLock();
        this.watched = self.whereabouts().isWatched();
        this.hold = new Hold(this, self.descriptors(), semaphore.id());
    }

    /** Gives the semaphore a name; returns false if that is in use. */
    boolean giveName(Names<KernelSemaphore> names, String name) {
        return names.putIfAbsent(name, semaphore);
    }

    /** Gives up this process's hold on the semaphore. Idempotent. */
    void close() {
        hold.close();
    }

    /** Returns the number under which the process holds the semaphore. */
    @Export
    public int handle() {
        return hold.id();
    }

    /** Returns the quick way to acquire and release, {@link SemaphoreRegisters}, of which Python makes a {@code memoryview}. */
    @Export
    public Object registers() {
        return new SemaphoreRegisters(this);
    }

    /**
     * Acquires the semaphore.
     *
     * @param seconds how long to wait at most; 0 does not wait, a negative number waits without limit
     * @return 1 if acquired, 0 when the time is over, 2 when a signal waits for this process
     */
    @Export
    public int acquire(double seconds) throws InterruptedException {
        if (acquireNow()) {
            return ACQUIRED;
        }
        if (seconds == 0) {
            return TIMEOUT;
        }
        SemaphoreTrace trace = Trace.isOn() ? SemaphoreTrace.begin(self, semaphore) : null;
        boolean acquired = false;
        try {
            acquired = seconds < 0 ? await() : await(System.nanoTime() + Syscalls.nanos(seconds));
        } catch (SignalInterrupt e) {
            return INTERRUPTED;
        } finally {
            if (trace != null) {
                trace.end(acquired);
            }
        }
        if (!acquired) {
            return TIMEOUT;
        }
        note(trace == null ? null : trace.where());
        return ACQUIRED;
    }

    /** Acquires the semaphore if that needs no waiting; returns whether. */
    boolean acquireNow() {
        return recursive && semaphore.reenter() || semaphore.tryAcquire() && taken();
    }

    /** Acquires the semaphore if a unit is free; returns whether. Is compiled into Python's code. */
    boolean acquireQuickly() {
        if (recursive && semaphore.reenter()) {
            return true;
        }
        if (!semaphore.tryTake()) {
            return false;
        }
        record();
        if (!self.isUnderWay() || isNoted() && !SemaphoreTrace.acquiredShortly(self, semaphore, watched)) {
            tell(null);
        }
        return true;
    }

    /** Returns whether somebody may want to know what happens to the semaphore. */
    private boolean isNoted() {
        return watched || Trace.isOn();
    }

    private boolean taken() {
        note(null);
        return true;
    }

    /** Notes that a unit was taken by the calling thread, on a line that is known if it had to wait. */
    private void note(String where) {
        record();
        tell(where);
    }

    /** Keeps this process's own record; of a lock the kernel counts. */
    private void record() {
        lastOwner = Thread.currentThread();
        count(1);
    }

    @TruffleBoundary
    private void tell(String where) {
        self.setUnderWay();
        if (isNoted()) {
            SemaphoreTrace.acquired(self, semaphore, where, watched);
        }
    }

    private boolean await() throws SignalInterrupt, InterruptedException {
        WaitReason reason = new WaitReason.Unit(semaphore);
        if (!watched) {
            return self.await(reason, false, () -> waitFor(Long.MAX_VALUE));
        }
        // Who watches must not see a wait for a unit that was taken already.
        do {
            self.await(reason, false, () -> {
                semaphore.awaitFree();
                return null;
            });
        } while (!semaphore.tryAcquire());
        return true;
    }

    private boolean await(long deadline) throws SignalInterrupt, InterruptedException {
        return self.await(new WaitReason.Unit(semaphore), true, () -> waitFor(deadline - System.nanoTime()));
    }

    private boolean waitFor(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        if (spin.until(semaphore::tryAcquire)) {
            return true;
        }
        boolean acquired = true;
        if (nanos == Long.MAX_VALUE) {
            semaphore.acquire();
        } else {
            acquired = semaphore.acquire(nanos);
        }
        spin.learn(System.nanoTime() - begin);
        return acquired;
    }

    /**
     * Releases the semaphore.
     *
     * @return 0 if released, 1 if it is recursive and the calling thread does not hold it, 2 if it was released too often
     */
    @Export
    public int release() {
        if (recursive) {
            if (!semaphore.isMine()) {
                return NOT_OWNER;
            }
            if (semaphore.leave()) {
                return RELEASED;
            }
        }
        // Counted down first: once the unit is free, its next owner counts up.
        count(-1);
        if (semaphore.isOthers() || isNoted() && semaphore.hold().isNoted() && !semaphore.endShortHold()) {
            noteRelease();
        }
        if (!semaphore.tryGiveBack()) {
            count(1);
            return tooOften();
        }
        if (semaphore.hasWaiters()) {
            wakeNext();
        }
        if (!single && Trace.isOn()) {
            traceRelease();
        }
        return RELEASED;
    }

    @TruffleBoundary
    private void noteRelease() {
        semaphore.noteRelease();
    }

    @TruffleBoundary
    private void traceRelease() {
        SemaphoreTrace.operation(self, semaphore, false);
    }

    private void count(int change) {
        if (!single) {
            count.addAndGet(change);
        }
    }

    @TruffleBoundary
    private int tooOften() {
        semaphore.checkAlive();
        return TOO_OFTEN;
    }

    @TruffleBoundary
    private void wakeNext() {
        semaphore.wakeNext();
    }

    /** Returns whether the calling thread was this process's last to acquire and has not released. */
    @Export
    public boolean isMine() {
        return single ? semaphore.isMine() : count.get() > 0 && lastOwner == Thread.currentThread();
    }

    /**
     * Returns how often this process acquired without releasing; negative if it released what others acquired of several
     * units.
     */
    @Export
    public int count() {
        if (!single) {
            return count.get();
        }
        Thread owner = semaphore.owner();
        return owner != null && (owner == lastOwner || semaphore.isMine()) ? semaphore.depth() : 0;
    }

    /** Returns how many units are free. */
    @Export
    public int value() {
        return semaphore.value();
    }
}
