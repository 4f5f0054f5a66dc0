package org.polyproc.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Timelines made by hand. Times are given in milliseconds. */
final class Timelines {

    static final int LOCK = 4097;
    private static final String SCRIPT = "day37_lock_shared_memory.py:";

    private Timelines() {
    }

    /** A lane that is being made. */
    static final class Sketch {
        private final int pid;
        private final String name;
        private final List<Span> spans = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();

        Sketch(int pid, String name) {
            this.pid = pid;
            this.name = name;
        }

        Sketch span(Span.Kind kind, double begin, double end, int object, long detail, boolean complete, String where) {
            spans.add(new Span(kind, 0, nanos(begin), nanos(end), object, detail, complete, where));
            return this;
        }

        Sketch hold(int lock, double begin, double end, String where) {
            return span(Span.Kind.HOLD, begin, end, lock, 0, true, where);
        }

        Sketch await(int lock, double begin, double end, int owner, String where) {
            return span(Span.Kind.LOCK_WAIT, begin, end, lock, owner, true, where);
        }

        Sketch sleep(double begin, double end, String where) {
            return span(Span.Kind.SLEEP, begin, end, 0, 0, true, where);
        }

        Sketch print(double time, String text, String where) {
            marks.add(new Mark(Mark.Kind.OUTPUT, nanos(time), 0, 0, text, where));
            return this;
        }

        Lane lane(double begin, double end, int exitCode) {
            spans.sort(Comparator.comparingLong(Span::begin));
            return new Lane(pid, pid == 2 ? 0 : 2, name, nanos(begin), nanos(end), OptionalInt.of(exitCode),
                    nanos((end - begin) / 20), spans, marks);
        }
    }

    static long nanos(double millis) {
        return Math.round(millis * 1e6);
    }

    static Timeline of(String title, Lane... lanes) {
        long length = List.of(lanes).stream().mapToLong(Lane::end).max().orElse(0);
        return new Timeline(title, Instant.parse("2026-01-01T12:00:00Z"), length, 2, List.of(lanes), List.of());
    }

    /** The tutorial: Process-2 waits for the lock that Process-1 holds, Process-3 needs no lock. */
    static Timeline tutorial() {
        Sketch main = new Sketch(2, "MainProcess").print(150, "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", SCRIPT + 36)
                .span(Span.Kind.PROCESS_WAIT, 300, 700, 5, 0, true, SCRIPT + 45)
                .print(710, "[0, -1, -2, -3, -4, -5, -6, -7, -8, -9]", SCRIPT + 46).print(712, "main end", SCRIPT + 47)
                .span(Span.Kind.PROCESS_WAIT, 715, 10_600, 0, 0, true, "");
        Sketch first = new Sketch(3, "Process-1").hold(LOCK, 480, 5_500, SCRIPT + 13);
        Sketch second = new Sketch(4, "Process-2").await(LOCK, 500, 5_501, 3, SCRIPT + 13).hold(LOCK, 5_501, 10_550, SCRIPT + 13);
        first.print(482, "init add1 number = 0", SCRIPT + 15);
        second.print(5_502, "init add3 number = 5", SCRIPT + 15);
        for (int i = 0; i < 5; i++) {
            for (Sketch sketch : List.of(first, second)) {
                double begin = (sketch == first ? 483 : 5_503) + 1_003 * i;
                int step = sketch == first ? 1 : 3;
                int start = sketch == first ? 0 : 5;
                sketch.print(begin, "###########add" + step + " has added#######", SCRIPT + 18)
                        .sleep(begin + 1, begin + 1_001, SCRIPT + 19)
                        .print(begin + 1_002, "add" + step + " number = " + (start + step * (i + 1)), SCRIPT + 20);
            }
        }
        return of("day37_lock_shared_memory.py", main.lane(0, 10_620, 0), first.lane(260, 5_530, 0),
                second.lane(270, 10_590, 0), new Sketch(5, "Process-3").lane(290, 690, 0));
    }

    /** Two processes that take two locks in opposite orders, until something kills them. */
    static Timeline deadlock() {
        Lane one = new Sketch(3, "Process-1").span(Span.Kind.HOLD, 100, 3_000, 1, 1, false, "d.py:5")
                .span(Span.Kind.LOCK_WAIT, 200, 3_000, 2, 4, false, "d.py:7").lane(50, 3_000, -15);
        Lane other = new Sketch(4, "Process-2").span(Span.Kind.HOLD, 150, 3_001, 2, 1, false, "d.py:12")
                .span(Span.Kind.LOCK_WAIT, 260, 3_001, 1, 3, false, "d.py:14").lane(60, 3_001, -15);
        return of("d.py", new Sketch(2, "MainProcess").lane(0, 3_010, 1), one, other);
    }

    /** Processes that take one lock in turns, so many times in all. */
    static Timeline busy(int processes, int locks) {
        Random random = new Random(1);
        List<Sketch> sketches = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            sketches.add(new Sketch(3 + i, "Process-" + (i + 1)));
        }
        double time = 100;
        double[] asks = new double[processes];
        Arrays.fill(asks, time);
        for (int i = 0; i < locks; i++) {
            int turn = random.nextInt(processes);
            double end = time + 0.004 + random.nextDouble() * 0.02;
            if (asks[turn] < time) {
                sketches.get(turn).await(LOCK, asks[turn], time, 3, "busy.py:7");
            }
            sketches.get(turn).hold(LOCK, time, end, "busy.py:7");
            asks[turn] = end + random.nextDouble() * 0.05;
            time = end;
        }
        double last = time;
        return of("busy.py", sketches.stream().map(sketch -> sketch.lane(50, last + 0.06, 0)).toArray(Lane[]::new));
    }
}
