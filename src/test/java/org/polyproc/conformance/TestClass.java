package org.polyproc.conformance;

import java.util.List;

/** A class of tests, in the order in which it runs them. */
record TestClass(Suite suite, String name, List<String> methods) {

    TestClass {
        methods = List.copyOf(methods);
    }

    /** Returns this class with some of its methods only. */
    TestClass with(List<String> some) {
        return new TestClass(suite, name, some);
    }
}
