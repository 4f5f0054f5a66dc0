package org.polyproc.kernel;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.polyproc.kernel.ResourceTracker.Unlinker;
import org.polyproc.kernel.process.ProcessBody;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * What the tracking process executes: it waits for the end of its program and removes the names that are left, as {@code main} of
 * CPython's {@code multiprocessing.resource_tracker} does. Thread-safe.
 */
final class TrackerBody implements ProcessBody {

    private final Map<String, Unlinker> unlinkers;
    private final int maxNames;
    private final Consumer<String> warnings;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, SortedSet<String>> names = new TreeMap<>();
    private volatile boolean killed;

    TrackerBody(Map<String, Unlinker> unlinkers, int maxNames, Consumer<String> warnings) {
        this.maxNames = maxNames;
        this.unlinkers = unlinkers;
        this.warnings = warnings;
    }

    /** Returns false if there is no such type. */
    synchronized boolean register(String type, String name) {
        if (!unlinkers.containsKey(type)) {
            return false;
        }
        SortedSet<String> known = names.computeIfAbsent(type, key -> new TreeSet<>());
        if (known.size() >= maxNames && !known.contains(name)) {
            throw new ObjectLimitException(maxNames);
        }
        known.add(name);
        return true;
    }

    synchronized void unregister(String type, String name) {
        SortedSet<String> known = names.get(type);
        if (known != null) {
            known.remove(name);
        }
    }

    void programEnded() {
        end.countDown();
    }

    @Override
    public int run(VirtualProcess self) {
        try {
            end.await();
        } catch (InterruptedException e) {
            return 1;
        }
        if (!killed) {
            unlinkAll();
        }
        return 0;
    }

    private synchronized void unlinkAll() {
        names.forEach(this::unlink);
    }

    private void unlink(String type, SortedSet<String> left) {
        if (left.isEmpty()) {
            return;
        }
        warnings.accept("resource_tracker: There appear to be " + left.size() + " leaked " + type
                + " objects to clean up at shutdown");
        for (String name : left) {
            try {
                unlinkers.get(type).unlink(name);
            } catch (NoSuchFileException e) {
                warnings.accept("resource_tracker: '" + name + "': [Errno 2] No such file or directory: '" + name + "'");
            } catch (IOException e) {
                warnings.accept("resource_tracker: '" + name + "': " + e.getMessage());
            }
        }
    }

    @Override
    public boolean endsLast() {
        return true;
    }

    @Override
    public void cancel() {
        killed = true;
        end.countDown();
    }

    @Override
    public void wake() {
        // There are no handlers to run.
    }
}
