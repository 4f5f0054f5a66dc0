package org.polyproc.conformance;

import java.io.IOException;

/** What a worker writes. */
interface Log {

    /** Marks where the log ends now. */
    void mark();

    /** Returns what was written since the mark. */
    String sinceMark() throws IOException;
}
