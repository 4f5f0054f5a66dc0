package org.polyproc.syscall;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.Builtin;
import com.oracle.graal.python.builtins.objects.PNone;
import com.oracle.graal.python.nodes.function.builtins.PythonUnaryBuiltinNode;
import com.oracle.graal.python.runtime.object.PFactory;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.graalvm.polyglot.HostAccess.Export;

/**
 * System calls about pickles, for {@code multiprocessing.reduction}: a builtin function that pickles plain data, see
 * {@link QuickPickler}. Unpickling has none, since GraalPy's own is fast once it is compiled. Thread-safe.
 */
public final class PickleCalls {

    /** Returns a builtin function that returns an object's pickle, or {@code None} if it is not plain; null if there is none. */
    @Export
    public Object dumps() {
        return QuickCall.ifAccessible(() -> Dumps.CALL.function());
    }

    /** Pickles an object. */
    @Builtin(name = "dumps", minNumOfPositionalArgs = 1)
    static final class Dumps extends PythonUnaryBuiltinNode {

        static final QuickCall<Dumps> CALL = new QuickCall<>(Dumps.class, Dumps::new);

        @Override
        public Object execute(VirtualFrame frame, Object object) {
            byte[] pickle = dump(object);
            return pickle == null ? PNone.NONE : PFactory.createBytes(PythonLanguage.get(this), pickle);
        }

        @TruffleBoundary
        private static byte[] dump(Object object) {
            return QuickPickler.dump(object);
        }
    }
}
