package org.polyproc.syscall;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.Builtin;
import com.oracle.graal.python.builtins.PythonBuiltins;
import com.oracle.graal.python.builtins.objects.function.PBuiltinFunction;
import com.oracle.graal.python.nodes.function.BuiltinFunctionRootNode;
import com.oracle.graal.python.nodes.function.PythonBuiltinBaseNode;
import com.oracle.graal.python.runtime.object.PFactory;
import com.oracle.graal.python.util.PythonUtils;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.dsl.NodeFactory;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import java.util.function.Supplier;

/**
 * A system call that waits for no more than a moment (10 us), as a builtin function of GraalPy. A call of a Java method gives GraalPy's
 * global lock back and asks for it again, and if another thread of the process wants it, the processor changes hands for each call; and
 * it converts its arguments. A builtin function does neither. What it can't do at once it leaves to the ordinary way, and says so: there
 * all that is rare is done, errors among them.
 *
 * <p>On the module path these classes of GraalPy are not accessible without options of the JVM; the ordinary way has to do then, see
 * {@link #ifAccessible}.
 *
 * @param nodeClass the class of the nodes that execute the call, which is annotated with {@link Builtin}
 * @param maker     makes such a node
 */
record QuickCall<T extends PythonBuiltinBaseNode>(Class<T> nodeClass, Supplier<T> maker) implements NodeFactory<T> {

    /** Returns a builtin function, or null if GraalPy's classes are not accessible. */
    static Object ifAccessible(Supplier<Object> function) {
        try {
            return function.get();
        } catch (LinkageError e) {
            return null;
        }
    }

    /** Returns the function's name. */
    String name() {
        return nodeClass.getAnnotation(Builtin.class).name();
    }

    /** Returns the call as a builtin function of the context that the calling thread has entered. */
    PBuiltinFunction function() {
        PythonLanguage language = PythonLanguage.get(null);
        Builtin builtin = nodeClass.getAnnotation(Builtin.class);
        RootCallTarget target = language.createCachedCallTarget(
                own -> new BuiltinFunctionRootNode(own, builtin, this, true), nodeClass, builtin.name());
        return PFactory.createBuiltinFunction(language, PythonUtils.toTruffleStringUncached(builtin.name()), null,
                PythonBuiltins.numDefaults(builtin), PBuiltinFunction.getFlags(builtin, target), target);
    }

    /** Returns {@link #function} with its first argument. */
    Object bind(TruffleObject self) {
        return PFactory.createBuiltinMethod(PythonLanguage.get(null), self, function());
    }

    @Override
    public T createNode(Object... arguments) {
        return maker.get();
    }

    @Override
    public T getUncachedInstance() {
        return null;
    }

    @Override
    public Class<T> getNodeClass() {
        return nodeClass;
    }

    @Override
    public List<List<Class<?>>> getNodeSignatures() {
        return List.of();
    }

    @Override
    public List<Class<? extends Node>> getExecutionSignature() {
        return List.of();
    }
}
