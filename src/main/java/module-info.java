/** Python's {@code multiprocessing} for GraalPy, implemented by Java. Only {@link org.polyproc} is for embedders. */
module org.polyproc {
    requires transitive org.graalvm.polyglot;
    requires info.picocli;
    requires jdk.unsupported;

    exports org.polyproc;

    opens org.polyproc.cli to info.picocli;
}
