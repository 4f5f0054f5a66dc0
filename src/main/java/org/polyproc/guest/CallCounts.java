package org.polyproc.guest;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.runtime.OptimizedCallTarget;
import java.io.IOException;

/**
 * Makes the JIT's counts of calls those of about one process. All processes of an engine count as callers of the same code, so that
 * what each of them executes once, such as the modules that it imports, is compiled as soon as there have been enough of them, module by
 * module: a third of the processor time of a program that starts hundreds. What is worth compiling is called so often by one process.
 *
 * <p>Thread-safe.
 */
final class CallCounts {

    /** On the module path, whoever starts the JVM decides whether Truffle's counts can be reached; on the class path they can. */
    private static final boolean REACHABLE = isReachable();

    private static final Source ANY_CODE = Source.newBuilder("python", "0", "<polyproc counts>").internal(true).build();

    private final TruffleInstrument.Env env;

    CallCounts(TruffleInstrument.Env env) {
        this.env = env;
    }

    private static boolean isReachable() {
        Module polyproc = CallCounts.class.getModule();
        return !polyproc.isNamed() || polyproc.getLayer().findModule("org.graalvm.truffle.runtime")
                .filter(runtime -> runtime.isExported("com.oracle.truffle.runtime", polyproc)).isPresent();
    }

    /**
     * Begins to count anew: the calls of all code that is interpreted so far. Other threads may execute it; a few of their calls may
     * count or not. Does nothing where there is no JIT. The calling thread has entered a context.
     */
    void reset() {
        if (REACHABLE && anyTarget() instanceof OptimizedCallTarget any) {
            for (OptimizedCallTarget target : any.engine.getCallTargets()) {
                if (!target.isValid()) {
                    target.resetCompilationProfile();
                }
            }
        }
    }

    /** Returns code of the engine, which leads to all of it. */
    private CallTarget anyTarget() {
        try {
            return env.parse(ANY_CODE);
        } catch (IOException e) {
            throw new AssertionError("a source from a string is never read", e);
        }
    }
}
