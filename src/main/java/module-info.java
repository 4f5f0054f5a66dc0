/** Python's {@code multiprocessing} for GraalPy, implemented by Java. Only {@link org.polyproc} is for embedders. */
module org.polyproc {
    requires transitive org.graalvm.polyglot;
    requires info.picocli;
    requires java.management;
    requires java.xml;
    requires jdk.jfr;
    requires jdk.unsupported;
    requires me.tongfei.progressbar;
    requires org.graalvm.truffle;
    requires org.graalvm.py;
    requires static org.graalvm.truffle.runtime;

    exports org.polyproc;

    provides com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider
            with org.polyproc.guest.InterruptInstrumentProvider;

    // Python code calls the exported methods of these classes, through polyglot contexts whose module has no name.
    opens org.polyproc.syscall;
    opens org.polyproc.cli to info.picocli;
}
