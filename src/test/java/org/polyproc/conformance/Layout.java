package org.polyproc.conformance;

import java.nio.file.Path;

/**
 * Where the harness's files are.
 *
 * @param home the project's folder, absolute
 */
record Layout(Path home) {

    /** What is tested: a copy of the launcher and what it runs. */
    Path installation() {
        return target().resolve("installation");
    }

    /** The launcher that runs the workers. */
    Path launcher() {
        return installation().resolve("polyproc");
    }

    /** The part of the harness that is not Java. */
    Path sources() {
        return home.resolve("src/test/conformance");
    }

    /** The list of suites. */
    Path suites() {
        return sources().resolve("suites.txt");
    }

    /** The list of expectations. */
    Path expectations() {
        return sources().resolve("expected.txt");
    }

    /** Everything that the harness makes. */
    Path target() {
        return home.resolve("target/conformance");
    }

    /** What goes in front of the workers' {@code sys.path}. */
    Path pythonPath() {
        return target().resolve("path");
    }

    /** The output of the tests that fail, a file for each. */
    Path outputs() {
        return target().resolve("output");
    }

    /** The working directory of a worker. */
    Path workingDirectory(int worker) {
        return target().resolve("worker-" + worker);
    }

    /** What a worker writes. */
    Path log(int worker) {
        return target().resolve("worker-" + worker + ".log");
    }

    /** The report for readers. */
    Path report() {
        return target().resolve("report.md");
    }

    /** The report for CI systems. */
    Path junitReport() {
        return target().resolve("TEST-conformance.xml");
    }
}
