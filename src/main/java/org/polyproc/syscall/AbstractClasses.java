package org.polyproc.syscall;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.PythonBuiltinClassType;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.builtins.objects.PNotImplemented;
import com.oracle.graal.python.builtins.objects.common.DynamicObjectStorage;
import com.oracle.graal.python.builtins.objects.common.EconomicMapStorage;
import com.oracle.graal.python.builtins.objects.common.HashingStorage;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageForEach;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageForEachCallback;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageIterator;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageIteratorKey;
import com.oracle.graal.python.builtins.objects.common.HashingStorageNodes.HashingStorageIteratorValue;
import com.oracle.graal.python.builtins.objects.dict.PDict;
import com.oracle.graal.python.builtins.objects.function.PFunction;
import com.oracle.graal.python.builtins.objects.list.PList;
import com.oracle.graal.python.builtins.objects.module.PythonModule;
import com.oracle.graal.python.builtins.objects.object.PythonObject;
import com.oracle.graal.python.builtins.objects.set.PSet;
import com.oracle.graal.python.builtins.objects.type.PythonAbstractClass;
import com.oracle.graal.python.builtins.objects.type.TypeNodes.GetBaseClassesNode;
import com.oracle.graal.python.builtins.objects.type.TypeNodes.GetMroNode;
import com.oracle.graal.python.builtins.objects.type.TypeNodes.IsTypeNode;
import com.oracle.graal.python.lib.IteratorExhausted;
import com.oracle.graal.python.lib.PyIterNextNode;
import com.oracle.graal.python.lib.PyObjectCallMethodObjArgs;
import com.oracle.graal.python.lib.PyObjectGetAttr;
import com.oracle.graal.python.lib.PyObjectGetIter;
import com.oracle.graal.python.lib.PyObjectIsTrueNode;
import com.oracle.graal.python.lib.PyObjectLookupAttr;
import com.oracle.graal.python.lib.PyObjectLookupAttrO;
import com.oracle.graal.python.lib.PyObjectSetAttr;
import com.oracle.graal.python.nodes.PRaiseNode;
import com.oracle.graal.python.nodes.attributes.LookupAttributeInMRONode;
import com.oracle.graal.python.nodes.attributes.ReadAttributeFromObjectNode;
import com.oracle.graal.python.nodes.call.CallNode;
import com.oracle.graal.python.nodes.classes.IsSubtypeNode;
import com.oracle.graal.python.nodes.object.GetClassNode;
import com.oracle.graal.python.nodes.object.GetDictIfExistsNode;
import com.oracle.graal.python.runtime.PythonContext;
import com.oracle.graal.python.runtime.exception.PException;
import com.oracle.graal.python.runtime.object.PFactory;
import com.oracle.graal.python.util.PythonUtils;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.strings.TruffleString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * The abstract base classes of one process: what CPython's module {@code _abc} does for {@code abc.ABCMeta}, by the rules of its
 * {@code Modules/_abc.c}. GraalPy 25.0 leaves it to {@code _py_abc}, whose sets of weak references are made and searched in Python.
 * That took 20 of the 150 ms of processor time that a child needs for its start, since what every process imports registers 24 classes.
 *
 * <p>Classes are held weakly. Used by threads that have GraalPy's global lock; they can lose it while a method here calls Python code,
 * but not while it works on a set.
 */
final class AbstractClasses implements TruffleObject {

    private static final TruffleString ABC = text("_abc");
    private static final TruffleString ABSTRACT_METHODS = text("__abstractmethods__");
    private static final TruffleString FLAGS = text("__abc_tpflags__");
    private static final TruffleString BASES = text("__bases__");
    private static final TruffleString IMPL = text("_abc_impl");
    private static final TruffleString IS_ABSTRACT_METHOD = text("__isabstractmethod__");
    private static final TruffleString SUBCLASS_CHECK = text("__subclasscheck__");
    private static final TruffleString SUBCLASS_HOOK = text("__subclasshook__");
    private static final TruffleString SUBCLASSES = text("__subclasses__");

    /** What an abstract class knows of others: which are registered, and what was found out about them. */
    private static final class Knowledge {
        final Set<Object> registered = weakSet();
        final Set<Object> subclasses = weakSet();
        final Set<Object> others = weakSet();
        long othersVersion;

        Knowledge(long version) {
            othersVersion = version;
        }

        private static Set<Object> weakSet() {
            return Collections.newSetFromMap(new WeakHashMap<>(0));
        }
    }

    private final PythonContext context = PythonContext.get(null);
    private final PythonLanguage language = PythonLanguage.get(null);
    private final Map<Object, Knowledge> classes = new WeakHashMap<>();

    /** GraalPy's own functions, by which {@code match} takes a class for a sequence or a mapping. */
    private final Object flagNew;
    private final Object flagRegistered;

    /** How many classes have been registered; what was no subclass may be one after each. */
    private long version;

    private AbstractClasses(PythonModule module) {
        flagNew = PyObjectGetAttr.executeUncached(module, text("_abc_init"));
        flagRegistered = PyObjectGetAttr.executeUncached(module, text("_abc_register"));
    }

    /** Gives the module {@code _abc} of the context that the calling thread has entered all functions that {@code abc} asks it for. */
    static void install() {
        PythonModule module = PythonContext.get(null).lookupBuiltinModule(ABC);
        AbstractClasses classes = new AbstractClasses(module);
        for (QuickCall<?> call : AbstractClassCalls.ALL) {
            PyObjectSetAttr.executeUncached(module, text(call.name()), call.bind(classes));
        }
    }

    private static TruffleString text(String string) {
        return PythonUtils.toTruffleStringUncached(string);
    }

    /** Returns a number that is another one after each registration. */
    long version() {
        return version;
    }

    /** Sets a new class's {@code __abstractmethods__}. */
    void init(Object type) {
        if (!IsTypeNode.executeUncached(type)) {
            // This throws unless the object pretends to be a class.
            PyObjectGetAttr.executeUncached(type, BASES);
            throw error(PythonBuiltinClassType.TypeError, "_abc_init() argument must be a class");
        }
        classes.put(canonical(type), new Knowledge(version));
        EconomicMapStorage names = EconomicMapStorage.create();
        boolean flagged = false;
        for (Map.Entry<Object, Object> attribute : attributes(type)) {
            if (isAbstract(attribute.getValue())) {
                names.putUncached(attribute.getKey(), PNone.NONE);
            }
            flagged |= FLAGS.equals(attribute.getKey());
        }
        for (PythonAbstractClass base : GetBaseClassesNode.executeUncached(type)) {
            Object inherited = PyObjectLookupAttr.executeUncached(base, ABSTRACT_METHODS);
            if (inherited != PNone.NO_VALUE) {
                forEach(inherited, name -> {
                    if (isAbstract(PyObjectLookupAttrO.executeUncached(type, name))) {
                        names.putUncached(name, PNone.NONE);
                    }
                });
            }
        }
        PyObjectSetAttr.executeUncached(type, ABSTRACT_METHODS, PFactory.createFrozenSet(language, names));
        if (flagged) {
            CallNode.executeUncached(flagNew, type);
        }
    }

    /** Makes a class a virtual subclass, and returns it. */
    Object register(Object type, Object subclass) {
        requireClass(subclass, "Can only register classes");
        Knowledge known = of(type);
        if (isSubclass(subclass, type)) {
            return subclass;
        }
        if (isSubclass(type, subclass)) {
            throw error(PythonBuiltinClassType.RuntimeError, "Refusing to create an inheritance cycle");
        }
        known.registered.add(canonical(subclass));
        version++;
        CallNode.executeUncached(flagRegistered, type, subclass);
        return subclass;
    }

    /**
     * Returns {@code isinstance(instance, type)}.
     *
     * @param subclass the instance's {@code __class__}
     * @param subtype  what it is an instance of
     */
    Object instanceCheck(Object type, Object subclass, Object subtype) {
        Knowledge known = of(type);
        Object candidate = canonical(subclass);
        if (known.subclasses.contains(candidate)) {
            return true;
        }
        if (canonical(subtype) == candidate) {
            return known.othersVersion == version && known.others.contains(candidate) ? false : check(type, subclass);
        }
        Object result = check(type, subclass);
        return PyObjectIsTrueNode.executeUncached(result) ? result : check(type, subtype);
    }

    private static Object check(Object type, Object subclass) {
        return PyObjectCallMethodObjArgs.executeUncached(type, SUBCLASS_CHECK, subclass);
    }

    /** Returns {@code issubclass(subclass, type)}. */
    boolean subclassCheck(Object type, Object subclass) {
        Object candidate = canonical(subclass);
        Knowledge known = of(type);
        if (known.subclasses.contains(candidate)) {
            return true;
        }
        requireClass(subclass, "issubclass() arg 1 must be a class");
        if (known.othersVersion < version) {
            known.others.clear();
            known.othersVersion = version;
        } else if (known.others.contains(candidate)) {
            return false;
        }
        Boolean answer = hook(type, subclass);
        if (answer == null) {
            answer = known.registered.contains(candidate) || inherits(subclass, type)
                    || isSubclassOfAny(subclass, List.copyOf(known.registered)) || isSubclassOfAny(subclass, subclasses(type));
        }
        (answer ? known.subclasses : known.others).add(candidate);
        return answer;
    }

    /** Returns what a class itself says, or null if that is nothing. */
    private static Boolean hook(Object type, Object subclass) {
        Object answer = PyObjectCallMethodObjArgs.executeUncached(type, SUBCLASS_HOOK, subclass);
        if (answer == PNotImplemented.NOT_IMPLEMENTED) {
            return null;
        }
        if (answer instanceof Boolean known) {
            return known;
        }
        throw error(PythonBuiltinClassType.AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
    }

    private boolean inherits(Object subclass, Object type) {
        for (PythonAbstractClass ancestor : GetMroNode.executeUncached(subclass)) {
            if (canonical(ancestor) == canonical(type)) {
                return true;
            }
        }
        return false;
    }

    private static List<Object> subclasses(Object type) {
        if (PyObjectCallMethodObjArgs.executeUncached(type, SUBCLASSES) instanceof PList list) {
            List<Object> found = new ArrayList<>();
            forEach(list, found::add);
            return found;
        }
        throw error(PythonBuiltinClassType.TypeError, "__subclasses__() must return a list");
    }

    private static boolean isSubclassOfAny(Object subclass, List<Object> types) {
        for (Object type : types) {
            if (isSubclass(subclass, type)) {
                return true;
            }
        }
        return false;
    }

    /** Does what the builtin function {@code issubclass} does. */
    private static boolean isSubclass(Object subclass, Object type) {
        Object metaclass = GetClassNode.executeUncached(type);
        if (metaclass == PythonBuiltinClassType.PythonClass) {
            return IsSubtypeNode.getUncached().execute(subclass, type);
        }
        Object check = LookupAttributeInMRONode.Dynamic.getUncached().execute(metaclass, SUBCLASS_CHECK);
        if (check == PNone.NO_VALUE) {
            throw error(PythonBuiltinClassType.TypeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
        }
        return PyObjectIsTrueNode.executeUncached(CallNode.executeUncached(check, type, subclass));
    }

    /** Forgets which classes are registered. */
    void resetRegistry(Object type) {
        of(type).registered.clear();
    }

    /** Forgets what was found out about classes. */
    void resetCaches(Object type) {
        of(type).subclasses.clear();
        of(type).others.clear();
    }

    /** Returns what is known, as sets of weak references: the registered classes, the subclasses, the others, and when the latter were. */
    Object dump(Object type) {
        Knowledge known = of(type);
        return PFactory.createTuple(language, new Object[] {
            references(known.registered), references(known.subclasses), references(known.others), known.othersVersion});
    }

    private PSet references(Set<Object> types) {
        EconomicMapStorage references = EconomicMapStorage.create();
        for (Object type : List.copyOf(types)) {
            references.putUncached(PFactory.createReferenceType(language, type), PNone.NONE);
        }
        return PFactory.createSet(language, references);
    }

    /** Returns what a class knows; one that was made without {@code _abc_init} knows what its nearest ancestor knows. */
    private Knowledge of(Object type) {
        Knowledge known = classes.get(canonical(type));
        if (known == null && IsTypeNode.executeUncached(type)) {
            for (PythonAbstractClass ancestor : GetMroNode.executeUncached(type)) {
                known = classes.get(canonical(ancestor));
                if (known != null) {
                    break;
                }
            }
        }
        if (known == null) {
            // What CPython keeps under this name is missing, and this throws unless somebody has used it.
            PyObjectGetAttr.executeUncached(type, IMPL);
            throw error(PythonBuiltinClassType.TypeError, "_abc_impl is set to a wrong type");
        }
        return known;
    }

    /** Returns the one object that stands for a class in sets; GraalPy has two for a builtin one. */
    private Object canonical(Object type) {
        return type instanceof PythonBuiltinClassType builtin ? context.lookupType(builtin) : type;
    }

    private static boolean isAbstract(Object attribute) {
        if (attribute == PNone.NO_VALUE || attribute instanceof TruffleString) {
            return false;
        }
        // Nearly all are functions, which have it themselves or not at all.
        Object mark = attribute instanceof PFunction
                ? ReadAttributeFromObjectNode.getUncached().execute(attribute, IS_ABSTRACT_METHOD)
                : PyObjectLookupAttr.executeUncached(attribute, IS_ABSTRACT_METHOD);
        return mark != PNone.NO_VALUE && PyObjectIsTrueNode.executeUncached(mark);
    }

    /** Returns what a class defines itself. */
    private static List<Map.Entry<Object, Object>> attributes(Object type) {
        PDict dict = GetDictIfExistsNode.getUncached().execute(type);
        HashingStorage attributes = dict != null ? dict.getDictStorage() : new DynamicObjectStorage((PythonObject) type);
        return HashingStorageForEach.executeUncached(attributes, new HashingStorageForEachCallback<List<Map.Entry<Object, Object>>>() {
            @Override
            public List<Map.Entry<Object, Object>> execute(Frame frame, Node node, HashingStorage storage,
                    HashingStorageIterator iterator, List<Map.Entry<Object, Object>> found) {
                found.add(Map.entry(HashingStorageIteratorKey.executeUncached(storage, iterator),
                        HashingStorageIteratorValue.executeUncached(storage, iterator)));
                return found;
            }
        }, new ArrayList<>());
    }

    private static void forEach(Object iterable, Consumer<Object> visitor) {
        Object iterator = PyObjectGetIter.executeUncached(iterable);
        while (true) {
            Object item;
            try {
                item = PyIterNextNode.executeUncached(iterator);
            } catch (IteratorExhausted e) {
                return;
            }
            visitor.accept(item);
        }
    }

    private static void requireClass(Object object, String message) {
        if (!IsTypeNode.executeUncached(object)) {
            throw error(PythonBuiltinClassType.TypeError, message);
        }
    }

    private static PException error(PythonBuiltinClassType type, String message) {
        return PRaiseNode.raiseStatic(null, type, text(message));
    }
}
