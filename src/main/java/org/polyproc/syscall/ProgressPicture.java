package org.polyproc.syscall;

import java.lang.ref.Cleaner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.graalvm.polyglot.HostAccess.Export;

/** The picture of a progress bar, drawn when it is asked for and by nobody else. Thread-safe. */
public final class ProgressPicture {

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The library's own thread knows every bar that is not closed. */
    private static final Cleaner CLEANER =
            Cleaner.create(Thread.ofPlatform().daemon().name("polyproc-progress-cleaner").factory());

    private final ProgressBar bar;

    /** The last picture, not reached through this object by the bar; the library's own thread may draw too. */
    private final AtomicReference<String> text = new AtomicReference<>("");

    /* Guarded by this. */
    private long lastDrawn = System.nanoTime();

    ProgressPicture(long total, int columns) {
        AtomicReference<String> drawing = text;
        bar = new ProgressBarBuilder()
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                // The library would draw it anew from time to time.
                .setUpdateIntervalMillis(Integer.MAX_VALUE)
                .setConsumer(new DelegatingProgressBarConsumer(drawing::set, columns))
                .build();
        CLEANER.register(this, bar::close);
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
        return text.get();
    }

    /** Returns the last picture. */
    @Export
    public String close() {
        bar.close();
        return text.get();
    }
}
