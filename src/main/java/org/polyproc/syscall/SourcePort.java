package org.polyproc.syscall;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.Builtin;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.builtins.objects.code.PCode;
import com.oracle.graal.python.nodes.function.builtins.PythonBinaryBuiltinNode;
import com.oracle.graal.python.nodes.function.builtins.PythonTernaryBuiltinNode;
import com.oracle.graal.python.runtime.object.PFactory;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.strings.TruffleString;

/** {@link LibraryCode} for {@linkplain QuickCall builtin functions}, since code objects can't be handed to Java otherwise. */
record SourcePort(SourceCalls calls) implements TruffleObject {

    /** Returns a builtin function of a name, which returns the code object that is kept, or {@code None}. */
    Object finder() {
        return Find.CALL.bind(this);
    }

    /** Returns a builtin function of a name and a code object, which keeps it. */
    Object keeper() {
        return Keep.CALL.bind(this);
    }

    /** Finds code. */
    @Builtin(name = "find_code", minNumOfPositionalArgs = 2)
    static final class Find extends PythonBinaryBuiltinNode {

        static final QuickCall<Find> CALL = new QuickCall<>(Find.class, Find::new);

        @Override
        public Object execute(VirtualFrame frame, Object port, Object name) {
            return find(port, name);
        }

        @TruffleBoundary
        private static Object find(Object self, Object name) {
            RootCallTarget target = self instanceof SourcePort port && name instanceof TruffleString text
                    ? port.calls.code().find(text.toJavaStringUncached()) : null;
            return target == null ? PNone.NONE : PFactory.createCode(PythonLanguage.get(null), target);
        }
    }

    /** Keeps code. */
    @Builtin(name = "keep_code", minNumOfPositionalArgs = 3)
    static final class Keep extends PythonTernaryBuiltinNode {

        static final QuickCall<Keep> CALL = new QuickCall<>(Keep.class, Keep::new);

        @Override
        public Object execute(VirtualFrame frame, Object port, Object name, Object code) {
            keep(port, name, code);
            return PNone.NONE;
        }

        @TruffleBoundary
        private static void keep(Object self, Object name, Object code) {
            if (self instanceof SourcePort port && !port.calls.isSealed()
                    && name instanceof TruffleString text && code instanceof PCode made) {
                port.calls.code().keep(text.toJavaStringUncached(), made.getRootCallTarget());
            }
        }
    }
}
