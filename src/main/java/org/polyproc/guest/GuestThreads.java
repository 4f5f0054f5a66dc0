package org.polyproc.guest;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.ThreadsListener;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.polyproc.kernel.process.VirtualProcess;

/**
 * Tells each process of the threads that Python starts in it. The polyglot API does not say to which context a thread belongs;
 * an instrument hears of every thread that begins and ends to use one.
 *
 * <p>Thread-safe.
 */
public final class GuestThreads {

    private final TruffleInstrument.Env env;

    /** By context; contexts that are closed are forgotten. */
    private final Map<TruffleContext, VirtualProcess> processes = Collections.synchronizedMap(new WeakHashMap<>());

    GuestThreads(TruffleInstrument.Env env) {
        this.env = env;
        env.getInstrumenter().attachThreadsListener(new ThreadsListener() {
            @Override
            public void onThreadInitialized(TruffleContext context, Thread thread) {
                VirtualProcess process = processes.get(context);
                if (process != null) {
                    process.addThread(thread);
                }
            }

            @Override
            public void onThreadDisposed(TruffleContext context, Thread thread) {
                VirtualProcess process = processes.get(context);
                if (process != null) {
                    process.removeThread(thread);
                }
            }
        }, false);
    }

    /** Says whose threads those of the context are that the calling thread has entered, from now on. */
    void assign(VirtualProcess process) {
        processes.put(env.getEnteredContext(), process);
    }
}
