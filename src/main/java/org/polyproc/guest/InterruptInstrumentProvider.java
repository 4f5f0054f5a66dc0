package org.polyproc.guest;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/** Announces {@link InterruptInstrument} to polyglot engines, as a service. */
@TruffleInstrument.Registration(
        id = InterruptInstrument.ID,
        name = "polyproc's interrupts",
        services = {GuestInterrupts.class, GuestThreads.class, CallCounts.class},
        sandbox = SandboxPolicy.TRUSTED)
public final class InterruptInstrumentProvider extends TruffleInstrumentProvider {

    /** Made by the service loader. */
    public InterruptInstrumentProvider() {
    }

    @Override
    protected String getInstrumentClassName() {
        return InterruptInstrument.class.getName();
    }

    @Override
    protected Object create() {
        return new InterruptInstrument();
    }

    @Override
    protected Collection<String> getServicesClassNames() {
        return List.of(GuestInterrupts.class.getName(), GuestThreads.class.getName(), CallCounts.class.getName());
    }
}
