package org.polyproc.syscall;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.graalvm.polyglot.HostAccess.Export;

/** The picture of a progress bar, drawn when it is asked for and by nobody else. Thread-safe. */
public final class ProgressPicture {

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ProgressBar bar;

    /** The last picture; the library's own thread may draw too. */
    private volatile String text = "";

    /* Guarded by this. */
    private long lastDrawn = System.nanoTime();

    ProgressPicture(long total, int columns) {
        bar = new ProgressBarBuilder()
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                // The library would draw it anew from time to time.
                .setUpdateIntervalMillis(Integer.MAX_VALUE)
                .setConsumer(new DelegatingProgressBarConsumer(drawn -> text = drawn, columns))
                .build();
    }

    /**
     * Notes how far it is.
     *
     * @param done how many steps are done
     * @return the picture; null if the last one is less than a tenth of a second old
     */
    @Export
    public synchronized String stepTo(long done) {
        bar.stepTo(done);
        long now = System.nanoTime();
        if (now - lastDrawn < SHORTEST_NANOS) {
            return null;
        }
        lastDrawn = now;
        bar.refresh();
        return text;
    }

    /** Returns the last picture. */
    @Export
    public String close() {
        bar.close();
        return text;
    }
}
