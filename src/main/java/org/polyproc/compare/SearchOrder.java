package org.polyproc.compare;

/**
 * In which order a search tries the processes that can write the next line. None is best: the first fits where lines of the
 * processes' own stand between the lines they share, the second fits a reference whose processes wrote in blocks, the third
 * one whose processes repeat a line that others repeat too.
 */
enum SearchOrder {

    /** The line that is due first. */
    DUE_FIRST {
        @Override
        int key(Suffixes suffixes, int suffix, int last) {
            return suffixes.due(suffix);
        }
    },

    /** The process that wrote last, then the line that is due first. */
    SAME_PROCESS_FIRST {
        @Override
        int key(Suffixes suffixes, int suffix, int last) {
            return suffixes.tail(last) == suffix ? 0 : suffixes.due(suffix) + 1;
        }
    },

    /** The process that comes soonest to another text. */
    SHORTEST_RUN_FIRST {
        @Override
        int key(Suffixes suffixes, int suffix, int last) {
            return suffixes.run(suffix);
        }
    };

    /**
     * The key by which candidates are tried, smallest first.
     *
     * @param last the remainder whose first line was written last; {@link Suffixes#EMPTY} at the start
     */
    abstract int key(Suffixes suffixes, int suffix, int last);
}
