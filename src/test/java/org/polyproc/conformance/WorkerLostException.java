package org.polyproc.conformance;

/** A worker has ended or does not answer; the message says which. */
final class WorkerLostException extends Exception {

    private static final long serialVersionUID = 1;

    WorkerLostException(String reason) {
        super(reason);
    }
}
