package org.polyproc.syscall;

import com.oracle.graal.python.builtins.Builtin;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.lib.PyObjectGetAttr;
import com.oracle.graal.python.nodes.function.builtins.PythonBinaryBuiltinNode;
import com.oracle.graal.python.nodes.function.builtins.PythonTernaryBuiltinNode;
import com.oracle.graal.python.nodes.function.builtins.PythonUnaryBuiltinNode;
import com.oracle.graal.python.nodes.object.GetClassNode;
import com.oracle.graal.python.util.PythonUtils;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.strings.TruffleString;
import java.util.List;

/** The functions of CPython's module {@code _abc}, bound to a process's {@link AbstractClasses}. */
final class AbstractClassCalls {

    /** All of them. */
    static final List<QuickCall<?>> ALL = List.of(
            new QuickCall<>(Token.class, Token::new),
            new QuickCall<>(Init.class, Init::new),
            new QuickCall<>(Register.class, Register::new),
            new QuickCall<>(InstanceCheck.class, InstanceCheck::new),
            new QuickCall<>(SubclassCheck.class, SubclassCheck::new),
            new QuickCall<>(Dump.class, Dump::new),
            new QuickCall<>(ResetRegistry.class, ResetRegistry::new),
            new QuickCall<>(ResetCaches.class, ResetCaches::new));

    private AbstractClassCalls() {}

    @Builtin(name = "get_cache_token", minNumOfPositionalArgs = 1)
    private static final class Token extends PythonUnaryBuiltinNode {

        @Override
        public Object execute(VirtualFrame frame, Object classes) {
            return ((AbstractClasses) classes).version();
        }
    }

    /** A call about a class. */
    private abstract static class OfClass extends PythonBinaryBuiltinNode {

        @Override
        public final Object execute(VirtualFrame frame, Object classes, Object type) {
            return apply((AbstractClasses) classes, type);
        }

        @TruffleBoundary
        private Object apply(AbstractClasses classes, Object type) {
            return call(classes, type);
        }

        abstract Object call(AbstractClasses classes, Object type);
    }

    /** A call about a class and one that may be below it. */
    private abstract static class OfClasses extends PythonTernaryBuiltinNode {

        @Override
        public final Object execute(VirtualFrame frame, Object classes, Object type, Object subclass) {
            return apply((AbstractClasses) classes, type, subclass);
        }

        @TruffleBoundary
        private Object apply(AbstractClasses classes, Object type, Object subclass) {
            return call(classes, type, subclass);
        }

        abstract Object call(AbstractClasses classes, Object type, Object subclass);
    }

    @Builtin(name = "_abc_init", minNumOfPositionalArgs = 2)
    private static final class Init extends OfClass {

        @Override
        Object call(AbstractClasses classes, Object type) {
            classes.init(type);
            return PNone.NONE;
        }
    }

    @Builtin(name = "_abc_register", minNumOfPositionalArgs = 3)
    private static final class Register extends OfClasses {

        @Override
        Object call(AbstractClasses classes, Object type, Object subclass) {
            return classes.register(type, subclass);
        }
    }

    @Builtin(name = "_abc_instancecheck", minNumOfPositionalArgs = 3)
    private static final class InstanceCheck extends PythonTernaryBuiltinNode {

        private static final TruffleString CLASS = PythonUtils.toTruffleStringUncached("__class__");

        // Of this call's own: what is read by a node that all share takes microseconds.
        @Child private PyObjectGetAttr getAttribute = PyObjectGetAttr.create();
        @Child private GetClassNode getClass = GetClassNode.create();

        @Override
        public Object execute(VirtualFrame frame, Object classes, Object type, Object instance) {
            return call((AbstractClasses) classes, type, getAttribute.executeCached(frame, instance, CLASS),
                    getClass.executeCached(instance));
        }

        @TruffleBoundary
        private static Object call(AbstractClasses classes, Object type, Object subclass, Object subtype) {
            return classes.instanceCheck(type, subclass, subtype);
        }
    }

    @Builtin(name = "_abc_subclasscheck", minNumOfPositionalArgs = 3)
    private static final class SubclassCheck extends OfClasses {

        @Override
        Object call(AbstractClasses classes, Object type, Object subclass) {
            return classes.subclassCheck(type, subclass);
        }
    }

    @Builtin(name = "_get_dump", minNumOfPositionalArgs = 2)
    private static final class Dump extends OfClass {

        @Override
        Object call(AbstractClasses classes, Object type) {
            return classes.dump(type);
        }
    }

    @Builtin(name = "_reset_registry", minNumOfPositionalArgs = 2)
    private static final class ResetRegistry extends OfClass {

        @Override
        Object call(AbstractClasses classes, Object type) {
            classes.resetRegistry(type);
            return PNone.NONE;
        }
    }

    @Builtin(name = "_reset_caches", minNumOfPositionalArgs = 2)
    private static final class ResetCaches extends OfClass {

        @Override
        Object call(AbstractClasses classes, Object type) {
            classes.resetCaches(type);
            return PNone.NONE;
        }
    }
}
