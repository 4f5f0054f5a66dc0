package org.polyproc.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run's lines re-ordered so that they follow the reference as far as possible. Each process's own lines keep their order.
 * Where several arrangements reach equally far, this is one of them. Immutable, hence safe for use by several threads.
 *
 * @param reference the reference's lines
 * @param followed  the run's lines that follow the reference: the first has the reference's first text, and so on
 * @param rest      all other lines of the run, in the run's order
 */
public record Arrangement(List<String> reference, List<OutputLine> followed, List<OutputLine> rest) {

    /**
     * Makes an arrangement from copies of the lists.
     *
     * @throws IllegalArgumentException if more lines follow the reference than it has
     * @throws NullPointerException     if a list or an element is null
     */
    public Arrangement {
        reference = List.copyOf(reference);
        followed = List.copyOf(followed);
        rest = List.copyOf(rest);
        if (followed.size() > reference.size()) {
            throw new IllegalArgumentException("at most the reference's " + reference.size()
                    + " lines can be followed: followed=" + followed.size());
        }
    }

    /**
     * The length of the prefix of the reference that is followed.
     *
     * @return a number of lines
     */
    public int length() {
        return followed.size();
    }

    /**
     * What the reference has next after the part that is followed.
     *
     * @return that line, or empty if the whole reference is followed
     */
    public Optional<String> expected() {
        return length() == reference.size() ? Optional.empty() : Optional.of(reference.get(length()));
    }

    /**
     * What each process writes next after the part that is followed.
     *
     * @return one line for each process that has lines left, in the run's order
     */
    public List<OutputLine> next() {
        Map<Integer, OutputLine> heads = new LinkedHashMap<>();
        rest.forEach(line -> heads.putIfAbsent(line.pid(), line));
        return List.copyOf(heads.values());
    }

    /**
     * The number of processes that wrote at least one line.
     *
     * @return a number of processes
     */
    public int processes() {
        return (int) lines().mapToInt(OutputLine::pid).distinct().count();
    }

    /** All lines of the run: those that follow the reference, then the rest. */
    Stream<OutputLine> lines() {
        return Stream.concat(followed.stream(), rest.stream());
    }
}
