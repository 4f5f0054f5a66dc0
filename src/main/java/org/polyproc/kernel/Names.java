package org.polyproc.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names under which all processes of a kernel find objects: the counterpart of the name space of {@code sem_open(3)} or
 * {@code shm_open(3)}. A name is one of its object's holders, so an object with a name lives on without a process, until the name is
 * removed or the table is closed; who still holds the object then keeps it.
 *
 * <p>Thread-safe.
 *
 * @param <T> what the names stand for
 */
public final class Names<T extends KernelObject> implements AutoCloseable {

    /* Guarded by this. */
    private final Map<String, T> objects = new HashMap<>();
    private boolean closed;

    private final Budget budget;

    /** Creates an empty table without a limit. */
    public Names() {
        this(Budget.unlimited());
    }

    /**
     * Creates an empty table.
     *
     * @param budget how many names there may be, together with what else is taken from it
     */
    public Names(Budget budget) {
        this.budget = budget;
    }

    /**
     * Gives an object a name, which holds it from now on.
     *
     * @return false, with nothing changed, if the name is in use
     * @throws IllegalStateException if the table is closed, or the object destroyed
     * @throws ObjectLimitException  if it is one name too many
     */
    public synchronized boolean putIfAbsent(String name, T object) {
        if (closed) {
            throw new IllegalStateException("a closed table takes no names: name=" + name);
        }
        if (objects.containsKey(name)) {
            return false;
        }
        if (!budget.tryTake(1)) {
            throw new ObjectLimitException(budget.limit());
        }
        try {
            object.retain();
        } catch (IllegalStateException e) {
            budget.giveBack(1);
            throw e;
        }
        objects.put(name, object);
        return true;
    }

    /** Returns the object that has a name; when the name is removed, it may be destroyed before the caller can hold it. */
    public synchronized Optional<T> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /**
     * Takes hold of the object that has a name, before the name can be removed.
     *
     * @return the object, if there is one
     * @throws IllegalStateException if the process has ended
     */
    public synchronized Optional<T> hold(String name, Descriptors process) {
        return find(name).map(process::hold);
    }

    /**
     * Removes a name, which holds its object no more.
     *
     * @return false if there is no such name
     */
    public boolean remove(String name) {
        T object;
        synchronized (this) {
            object = objects.remove(name);
        }
        if (object == null) {
            return false;
        }
        budget.giveBack(1);
        object.drop();
        return true;
    }

    /** Removes all names; none can be given afterwards. Idempotent. */
    @Override
    public void close() {
        List<T> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(objects.values());
            objects.clear();
        }
        budget.giveBack(dropped.size());
        dropped.forEach(KernelObject::drop);
    }
}
