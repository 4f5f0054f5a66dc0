package org.polyproc.guest;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/**
 * The instrument behind {@link GuestInterrupts}, {@link GuestThreads} and {@link CallCounts}; the polyglot engine makes it when a
 * service is looked up first.
 */
public final class InterruptInstrument extends TruffleInstrument {

    /** The instrument's name in an engine. */
    static final String ID = "polyproc";

    /** Made by the engine. */
    public InterruptInstrument() {
    }

    @Override
    protected void onCreate(Env env) {
        env.registerService(new GuestInterrupts(env));
        env.registerService(new GuestThreads(env));
        env.registerService(new CallCounts(env));
        new SharedCode(env);
    }
}
