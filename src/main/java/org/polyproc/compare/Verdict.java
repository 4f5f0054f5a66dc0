package org.polyproc.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a {@link Comparison} found. All verdicts are immutable, hence safe for use by several threads. */
public sealed interface Verdict {

    /**
     * The run's lines, re-ordered as far as they follow the reference.
     *
     * @return the arrangement on which the verdict rests
     */
    Arrangement arrangement();

    /**
     * Says the verdict in one sentence. Texts of lines are quoted, cut and free of control characters.
     *
     * @return one line of text without a line end
     */
    String summary();

    /**
     * The reference is a legal interleaving of what the processes wrote.
     *
     * @param arrangement all lines of the run, in the reference's order
     * @param sameOrder   whether the run had its lines in exactly the reference's order
     */
    record Equivalent(Arrangement arrangement, boolean sameOrder) implements Verdict {

        /**
         * Makes a verdict.
         *
         * @throws NullPointerException if the arrangement is null
         */
        public Equivalent {
            Objects.requireNonNull(arrangement, "arrangement");
        }

        @Override
        public String summary() {
            return Headline.of(this);
        }
    }

    /**
     * The reference is no legal interleaving of what the processes wrote. This is proven, even if {@code longest} is false.
     *
     * @param arrangement the run's lines, with the longest legal prefix of the reference that was found
     * @param longest     whether it is proven that no longer prefix of the reference is legal
     * @param missing     lines that the reference has more often than the run, by how many
     * @param extra       lines that the run has more often than the reference, by how many
     */
    record Different(Arrangement arrangement, boolean longest, Map<String, Integer> missing, Map<String, Integer> extra)
            implements Verdict {

        /**
         * Makes a verdict from copies of the maps, whose order is kept.
         *
         * @throws NullPointerException if an argument is null
         */
        public Different {
            Objects.requireNonNull(arrangement, "arrangement");
            missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
            extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        }

        @Override
        public String summary() {
            return Headline.of(this);
        }
    }

    /**
     * Reference and run have the same lines, but the search ended at its limit before it found a legal order or proved that
     * there is none.
     *
     * @param arrangement the run's lines, with the longest legal prefix of the reference that was found
     * @param limit       the limit, in visited states
     */
    record Undecided(Arrangement arrangement, long limit) implements Verdict {

        /**
         * Makes a verdict.
         *
         * @throws NullPointerException if the arrangement is null
         */
        public Undecided {
            Objects.requireNonNull(arrangement, "arrangement");
        }

        @Override
        public String summary() {
            return Headline.of(this);
        }
    }
}
