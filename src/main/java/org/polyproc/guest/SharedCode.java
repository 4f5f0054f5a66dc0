package org.polyproc.guest;

import com.oracle.truffle.api.instrumentation.LoadSourceEvent;
import com.oracle.truffle.api.instrumentation.SourceFilter;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.source.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets the processes of a host share code for as long as the host lives: what one has parsed, and the JIT compiled, is what the next
 * one finds.
 *
 * <p>An engine shares the code of equal sources between its contexts, but it remembers a source only until the next garbage
 * collection, unless somebody holds it: each process that was started after that would parse the standard library, polyproc's overlay
 * and its program once more, and the JIT compile them once more. So this holds them. Equal sources are one object
 * ({@link Source}s are interned), so it is enough to hold one that is equal.
 *
 * <p>Held are the overlay and the files of Python code that were loaded last, of each the last version; and the last short texts that
 * are no files, some of which the interpreter and modules of the standard library make in each process ({@code namedtuple} does).
 *
 * <p>Thread-safe.
 */
final class SharedCode {

    /** How many files at most: a program may make and load any number of them. */
    private static final int MOST = 2000;

    /** How long a source may be, in characters. */
    private static final int LONGEST = 1 << 20;

    /** How many texts at most: a program may make any number of them, and they rarely come again. */
    private static final int MOST_TEXTS = 100;

    /** How long a text may be, in characters. */
    private static final int LONGEST_TEXT = 1 << 14;

    /** By file name. */
    private final Map<String, Source> sources = latest(MOST);

    private final Map<Source, Source> texts = latest(MOST_TEXTS);

    private final TruffleInstrument.Env env;

    SharedCode(TruffleInstrument.Env env) {
        this.env = env;
        env.getInstrumenter().attachLoadSourceListener(SourceFilter.newBuilder().languageIs("python").build(), this::hold, false);
    }

    private void hold(LoadSourceEvent event) {
        Source source = event.getSource();
        String path = source.getPath();
        if (path != null && (!source.hasCharacters() || source.getLength() <= LONGEST)) {
            sources.put(path, internedFile(source));
        } else if (source.hasCharacters() && Overlay.has(source.getName(), source.getCharacters())) {
            sources.put(source.getName(), interned(source));
        } else if (source.hasCharacters() && source.getLength() <= LONGEST_TEXT) {
            Source text = interned(source);
            texts.put(text, text);
        }
    }

    /** Makes a map that keeps so many entries, those that were used last. */
    private static <K> Map<K, Source> latest(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Source> eldest) {
                return size() > most;
            }
        });
    }

    /**
     * Returns the object that an equal source of a file is when it is made again. That must be made of the file, too: Truffle gives what
     * is in a language's home another hash code otherwise, though it is equal.
     */
    private Source internedFile(Source source) {
        if (!source.hasCharacters()) {
            return interned(source);
        }
        try {
            return Source.newBuilder(source.getLanguage(), env.getTruffleFile(env.getEnteredContext(), source.getPath()))
                    .name(source.getName()).content(source.getCharacters()).mimeType(source.getMimeType())
                    .internal(source.isInternal()).cached(source.isCached()).build();
        } catch (SecurityException | IllegalArgumentException | UnsupportedOperationException e) {
            // There is no such file for this process, or not any more.
            return interned(source);
        }
    }

    /** Returns the object that an equal source is when it is made again; the engine's is a copy that is not interned. */
    private static Source interned(Source source) {
        return Source.newBuilder(source).build();
    }
}
