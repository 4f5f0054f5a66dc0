package org.polyproc.compare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the processes of a run are called and how they are coloured in a report. A name that several processes have is
 * followed by the pid. Immutable after construction.
 */
final class Names {

    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";
    /** Cyan, green, yellow, blue, magenta, then their bright variants; never red, which marks a difference. */
    private static final int[] PALETTE = {36, 32, 33, 34, 35, 96, 92, 93, 94, 95};

    private final boolean colour;
    private final Map<Integer, Integer> colours = new LinkedHashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    Names(Arrangement arrangement, boolean colour) {
        this.colour = colour;
        Map<String, Integer> owners = new HashMap<>();
        arrangement.lines().forEach(line -> {
            colours.putIfAbsent(line.pid(), PALETTE[colours.size() % PALETTE.length]);
            Integer owner = owners.putIfAbsent(line.process(), line.pid());
            if (owner != null && owner != line.pid()) {
                ambiguous.add(line.process());
            }
        });
    }

    /** The name of a line's process, not yet escaped. */
    String of(OutputLine line) {
        return ambiguous.contains(line.process()) ? line.process() + "/" + line.pid() : line.process();
    }

    /** Gives a text the colour of a line's process. */
    String coloured(String shown, OutputLine line) {
        return colour ? "\u001b[" + colours.get(line.pid()) + "m" + shown + RESET : shown;
    }

    /** Gives a text the colour of a difference. */
    String red(String shown) {
        return colour ? RED + shown + RESET : shown;
    }
}
