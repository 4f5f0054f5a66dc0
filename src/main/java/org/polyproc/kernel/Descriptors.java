package org.polyproc.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel objects that one process holds, by their numbers: the counterpart of a POSIX process's table of open files.
 * A process can name only what is in its own table, so a guessed number reaches nobody else's objects.
 *
 * <p>Thread-safe.
 */
public final class Descriptors {

    /** An object, how many times its process took hold of it, and how many of these holds came from others, to be opened. */
    private static final class Entry {
        final KernelObject object;
        int holds = 1;
        int inherited;

        Entry(KernelObject object) {
            this.object = object;
        }
    }

    private final Map<Integer, Entry> entries = new HashMap<>();
    private boolean closed;

    /** Creates an empty table. */
    public Descriptors() {
    }

    /**
     * Takes hold of an object once more; each hold wants its own {@link #drop}.
     *
     * @return the object
     * @throws IllegalStateException if the process has ended or the object is destroyed
     */
    public synchronized <T extends KernelObject> T hold(T object) {
        if (closed) {
            throw new IllegalStateException("an ended process can't hold a kernel object: id=" + object.id());
        }
        Entry known = entries.get(object.id());
        if (known != null) {
            known.holds++;
        } else {
            object.retain();
            entries.put(object.id(), new Entry(object));
        }
        return object;
    }

    /**
     * Looks an object up.
     *
     * @param id   the object's number
     * @param type what it must be
     * @throws IllegalArgumentException if this process holds no object of that type under that number
     */
    public <T extends KernelObject> T get(int id, Class<T> type) {
        return find(id, type).orElseThrow(() -> new IllegalArgumentException(
                "the process must hold what it names: " + type.getSimpleName() + " id=" + id));
    }

    /** Returns the object of the given type that this process holds under a number, if it does. */
    public synchronized <T extends KernelObject> Optional<T> find(int id, Class<T> type) {
        Entry entry = entries.get(id);
        return entry == null || !type.isInstance(entry.object) ? Optional.empty() : Optional.of(type.cast(entry.object));
    }

    /**
     * Takes hold of an object that is held already, by its number. The first to open what was inherited or given takes that hold
     * over.
     *
     * @throws IllegalArgumentException if this process holds no object of that type under that number
     */
    public synchronized <T extends KernelObject> T open(int id, Class<T> type) {
        T object = get(id, type);
        Entry entry = entries.get(id);
        if (entry.inherited > 0) {
            entry.inherited--;
        } else {
            entry.holds++;
        }
        return object;
    }

    /** Gives one hold back; a number that is not held is ignored, since a process's end drops all numbers at once. */
    public synchronized void drop(int id) {
        Entry entry = entries.get(id);
        if (entry != null && --entry.holds == 0) {
            entries.remove(id);
            entry.object.drop();
        }
    }

    /**
     * Hands objects on to another process's table, as inheriting open files does: all of them or none.
     *
     * @throws IllegalArgumentException if one of the numbers is not held
     */
    public void share(Collection<Integer> ids, Descriptors heir) {
        try {
            for (int id : Set.copyOf(ids)) {
                heir.inherit(get(id, KernelObject.class));
            }
        } catch (IllegalArgumentException e) {
            heir.close();
            throw e;
        }
    }

    /**
     * Hands one object on to another, living process, which is going to {@link #open} it.
     *
     * @throws IllegalArgumentException if the number is not held
     */
    public void give(int id, Descriptors receiver) {
        receiver.inherit(get(id, KernelObject.class));
    }

    private synchronized void inherit(KernelObject object) {
        hold(object);
        entries.get(object.id()).inherited++;
    }

    /** Drops everything; nothing can be held afterwards. Idempotent. */
    public synchronized void close() {
        closed = true;
        entries.values().forEach(entry -> entry.object.drop());
        entries.clear();
    }

    /** Returns the numbers of the objects of a type that are held, in ascending order. */
    public synchronized List<Integer> ids(Class<?> type) {
        return entries.values().stream().filter(entry -> type.isInstance(entry.object)).map(entry -> entry.object.id()).sorted()
                .toList();
    }

    /** Returns the objects of a type that are held, in the order of their numbers. */
    public synchronized <T extends KernelObject> List<T> objects(Class<T> type) {
        return entries.values().stream().map(entry -> entry.object).filter(type::isInstance).map(type::cast)
                .sorted(Comparator.comparingInt(KernelObject::id)).toList();
    }

    /** Returns how many objects are held. */
    public synchronized int size() {
        return entries.size();
    }
}
