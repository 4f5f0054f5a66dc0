package org.polyproc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.polyproc.kernel.Descriptors;
import org.polyproc.kernel.KernelObject;
import org.polyproc.kernel.channel.ChannelEnd;
import org.polyproc.kernel.memory.Segment;
import org.polyproc.kernel.process.VirtualProcess;
import org.polyproc.kernel.sync.KernelSemaphore;
import org.polyproc.syscall.Callback;
import org.polyproc.syscall.ReadOnlyBytes;
import org.polyproc.syscall.Syscalls;

/**
 * What Java and the processes of one host hand to each other: arguments of functions, arguments and results of callbacks. Between
 * them it travels as nodes, which the docstring of {@code _polyproc.twins} describes. Thread-safe.
 */
final class Handover {

    private final Holdings host;

    Handover(Holdings host) {
        this.host = host;
    }

    // From Java to Python

    /**
     * Returns a copy of what Python can be given, in which nothing changes any more but the shared objects.
     *
     * @throws IllegalArgumentException if there is something in it that Python can't be given
     */
    static Object copy(Object value) {
        return copy(value, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Object copy(Object value, Set<Object> around) {
        return switch (value) {
            case null -> null;
            case Boolean _, Integer _, Long _, Double _, String _, PythonCallback _ -> value;
            case SharedLock _, SharedSemaphore _, SharedCondition _, SharedEvent _, SharedBarrier _, SharedQueue _ -> value;
            case SharedValue shared -> checkHeld(shared, shared.cells());
            case SharedArray shared -> checkHeld(shared, shared.cells());
            case byte[] bytes -> bytes.clone();
            case List<?> list -> {
                enter(list, around);
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(item -> copy.add(copy(item, around)));
                around.remove(list);
                yield copy;
            }
            case Map<?, ?> map -> {
                enter(map, around);
                Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, item) -> copy.put(checkKey(key), copy(item, around)));
                around.remove(map);
                yield copy;
            }
            default -> throw new IllegalArgumentException(
                    "Python can be given null, Boolean, Integer, Long, Double, String, byte[], List, Map, PythonCallback and the "
                            + "shared objects of org.polyproc: class=" + value.getClass().getName());
        };
    }

    private static void enter(Object container, Set<Object> around) {
        if (!around.add(container)) {
            throw new IllegalArgumentException("what Python is given must not contain itself: class="
                    + container.getClass().getName());
        }
    }

    private static String checkKey(Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalArgumentException("the keys of a map must be strings: key=" + key);
    }

    private static Object checkHeld(Object shared, LockedCells cells) {
        if (cells.host() == null) {
            throw new IllegalArgumentException("what an ended program left can't be given to another: class="
                    + shared.getClass().getName());
        }
        return shared;
    }

    /**
     * Checks that the shared objects in a copy belong to this host.
     *
     * @throws IllegalArgumentException if one belongs to another
     */
    void checkHost(Object copy) {
        switch (copy) {
            case SharedLock lock -> checkHost(lock, lock.host());
            case SharedSemaphore semaphore -> checkHost(semaphore, semaphore.host());
            case SharedCondition condition -> checkHost(condition, condition.lock().host());
            case SharedEvent event -> checkHost(event, event.condition().lock().host());
            case SharedBarrier barrier -> checkHost(barrier, barrier.condition().lock().host());
            case SharedQueue queue -> checkHost(queue, queue.host());
            case SharedValue value -> checkHost(value, value.cells().host());
            case SharedArray array -> checkHost(array, array.cells().host());
            case List<?> list -> list.forEach(this::checkHost);
            case Map<?, ?> map -> map.values().forEach(this::checkHost);
            case null, default -> { }
        }
    }

    private void checkHost(Object shared, Holdings other) {
        if (other != host) {
            throw new IllegalArgumentException("different hosts share nothing: class=" + shared.getClass().getName());
        }
    }

    /** Returns the node of a copy; the process holds what it names. */
    Object toPython(Object copy, VirtualProcess process) {
        return switch (copy) {
            case byte[] bytes -> node("bytes", new ReadOnlyBytes(bytes));
            case List<?> list -> {
                Object[] parts = new Object[list.size() + 1];
                parts[0] = "list";
                for (int i = 1; i < parts.length; i++) {
                    parts[i] = toPython(list.get(i - 1), process);
                }
                yield ProxyArray.fromArray(parts);
            }
            case Map<?, ?> map -> {
                List<Object> parts = new ArrayList<>(List.of("dict"));
                map.forEach((key, item) -> {
                    parts.add(key);
                    parts.add(toPython(item, process));
                });
                yield ProxyArray.fromList(parts);
            }
            case PythonCallback callback -> node("callback", new Callback(process,
                    arguments -> toPython(call(callback, arguments, process), process), Handover::failure));
            case SharedLock lock -> node(lock.isReentrant() ? "rlock" : "lock", give(lock.semaphore(), process));
            case SharedSemaphore semaphore -> semaphore.isBounded()
                    ? node("bounded", give(semaphore.semaphore(), process), semaphore.semaphore().maxValue())
                    : node("semaphore", give(semaphore.semaphore(), process));
            case SharedCondition condition -> node("condition", toPython(condition.lock(), process),
                    give(condition.sleeping(), process), give(condition.woken(), process), give(condition.wake(), process));
            case SharedEvent event -> node("event", toPython(event.condition(), process), give(event.flag(), process));
            case SharedBarrier barrier -> node("barrier", barrier.parties(),
                    barrier.timeout().map(timeout -> timeout.toNanos() / 1e9).orElse(null),
                    toPython(barrier.condition(), process),
                    give(barrier.segment(), process), barrier.segment().memory().byteSize(), barrier.start());
            case SharedQueue queue -> node("queue", queue.capacity(), give(queue.reader(), process), give(queue.writer(), process),
                    give(queue.readLock(), process), give(queue.writeLock(), process), give(queue.places(), process));
            case SharedValue value -> cells("value", value.cells(), process);
            case SharedArray array -> cells("array", array.cells(), process);
            case null, default -> copy;
        };
    }

    private Object cells(String tag, LockedCells cells, VirtualProcess process) {
        return node(tag, String.valueOf(cells.typeCode()), cells.length(), give(cells.segment(), process),
                toPython(cells.lock(), process));
    }

    private int give(KernelObject object, VirtualProcess process) {
        host.give(object, process.descriptors());
        return object.id();
    }

    private static ProxyArray node(Object... parts) {
        return ProxyArray.fromArray(parts);
    }

    private Object call(PythonCallback callback, Value arguments, VirtualProcess process) throws Exception {
        if (!(toJava(arguments, process) instanceof List<?> list)) {
            throw new IllegalArgumentException("the arguments of a callback must be a list");
        }
        Object result = copy(callback.call(list.toArray()));
        checkHost(result);
        return result;
    }

    private static Object failure(Throwable e) {
        return node("failure", e.getMessage() == null ? e.getClass().getName() : e.getMessage());
    }

    // From Python to Java

    /**
     * Returns what a node describes; Java holds what it names.
     *
     * @throws IllegalArgumentException if it names what the process does not hold, or is no node
     */
    Object toJava(Value node, VirtualProcess process) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isString()) {
            return node.asString();
        }
        if (node.fitsInLong()) {
            return node.asLong();
        }
        if (node.hasBufferElements()) {
            return Syscalls.bytes(node);
        }
        if (!node.hasArrayElements() || node.getArraySize() == 0) {
            throw new IllegalArgumentException("a node is required");
        }
        return new Node(node, process).read();
    }

    /** A node with parts, the first of which is its tag. */
    private final class Node {
        private final Value parts;
        private final VirtualProcess process;

        Node(Value parts, VirtualProcess process) {
            this.parts = parts;
            this.process = process;
        }

        Object read() {
            String tag = part(0, String.class);
            return switch (tag) {
                case "float" -> real(1);
                case "list" -> list();
                case "dict" -> map();
                case "lock" -> lock(false);
                case "rlock" -> lock(true);
                case "semaphore" -> new SharedSemaphore(host, semaphore(1));
                case "condition" ->
                    new SharedCondition(part(1, SharedLock.class), semaphore(2), semaphore(3), semaphore(4));
                case "event" -> new SharedEvent(part(1, SharedCondition.class), semaphore(2));
                case "barrier" -> new SharedBarrier(number(1), optional(2, Double.class).map(Node::timeout).orElse(null),
                        part(3, SharedCondition.class), segment(4), number(5));
                case "queue" -> new SharedQueue(host, object(2, ChannelEnd.class), object(3, ChannelEnd.class),
                        semaphore(4), semaphore(5), semaphore(6));
                case "value" -> new SharedValue(cells());
                case "array" -> new SharedArray(cells());
                default -> throw new IllegalArgumentException("unknown node: tag=" + tag);
            };
        }

        private Value element(int index) {
            if (index >= parts.getArraySize()) {
                throw new IllegalArgumentException("a node must have all its parts: parts=" + parts.getArraySize());
            }
            return parts.getArrayElement(index);
        }

        private Object part(int index) {
            return toJava(element(index), process);
        }

        private <T> T part(int index, Class<T> type) {
            return optional(index, type).orElseThrow(() -> wrong(index));
        }

        private <T> Optional<T> optional(int index, Class<T> type) {
            Object part = part(index);
            if (part != null && !type.isInstance(part)) {
                throw wrong(index);
            }
            return Optional.ofNullable(type.cast(part));
        }

        private static IllegalArgumentException wrong(int index) {
            return new IllegalArgumentException("a part of a node must be of the right type: index=" + index);
        }

        private int number(int index) {
            long number = part(index, Long.class);
            if (number != (int) number) {
                throw wrong(index);
            }
            return (int) number;
        }

        private double real(int index) {
            Value part = element(index);
            if (!part.fitsInDouble()) {
                throw wrong(index);
            }
            return part.asDouble();
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>();
            for (int i = 1; i < parts.getArraySize(); i++) {
                list.add(part(i));
            }
            return list;
        }

        private Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 1; i < parts.getArraySize(); i += 2) {
                map.put(part(i, String.class), part(i + 1));
            }
            return map;
        }

        private <T extends KernelObject> T object(int index, Class<T> type) {
            Descriptors held = process.descriptors();
            return held.get(number(index), type);
        }

        private KernelSemaphore semaphore(int index) {
            return object(index, KernelSemaphore.class);
        }

        private Segment segment(int index) {
            return object(index, Segment.class);
        }

        private SharedLock lock(boolean reentrant) {
            KernelSemaphore semaphore = semaphore(1);
            if (semaphore.maxValue() != 1) {
                throw new IllegalArgumentException("a lock must have one unit: units=" + semaphore.maxValue());
            }
            return new SharedLock(host, semaphore, reentrant);
        }

        private LockedCells cells() {
            String code = part(1, String.class);
            if (code.length() != 1) {
                throw wrong(1);
            }
            return new LockedCells(host, segment(3), code.charAt(0), part(2, Long.class), optional(4, SharedLock.class).orElse(null));
        }

        private static Duration timeout(Double seconds) {
            return Duration.ofNanos((long) (seconds * 1e9));
        }
    }
}
