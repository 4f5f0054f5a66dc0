package org.polyproc.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run of benchmarks, for people and for programs.
 *
 * @param environment   what it was run on
 * @param interpreter   what the other interpreter is called
 * @param rounds        how many rounds were measured of each
 * @param warmUpSeconds how long each warmed up at least, in seconds
 * @param results       the benchmarks, in the order in which they were measured
 * @param startTimes    how long it takes to start, if that was measured
 */
public record Report(Environment environment, String interpreter, int rounds, double warmUpSeconds, List<Result> results,
        List<StartTime> startTimes) {

    private static final String[] UNITS = {"s", "ms", "us", "ns"};

    /** Returns a text with a table. */
    public String render() {
        StringBuilder text = new StringBuilder();
        text.append("machine   ").append(environment.machine()).append(environment.describeLoad()).append('\n');
        text.append("polyproc  ").append(environment.polyproc())
                .append(", GraalPy ").append(environment.graalpy()).append(", JDK ").append(environment.jdk())
                .append(", JIT ").append(environment.jit() ? "on" : "off").append('\n');
        text.append("against   ").append(interpreter).append(", ").append(environment.other()).append('\n');
        text.append("rounds    ").append(rounds).append(", in turns, after a warm-up of at least ").append(number(warmUpSeconds))
                .append(" s; a time is the median, +- how far the slowest and the fastest round are apart\n");
        if (!results.isEmpty()) {
            text.append('\n').append(table(resultRows()));
        }
        if (!startTimes.isEmpty()) {
            text.append('\n').append(table(startRows()));
        }
        return text.toString();
    }

    private List<List<String>> resultRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("benchmark", "polyproc", "", interpreter, "", "ratio", "bar", "met"));
        for (Result result : results) {
            rows.add(List.of(result.name(), time(result.polyproc().median()), spread(result.polyproc()),
                    time(result.other().median()), spread(result.other()),
                    ratio(result.ratio()), ratio(result.bar()), result.meetsBar() ? "yes" : "no"));
        }
        return rows;
    }

    private List<List<String>> startRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("startup", "time", ""));
        startTimes.forEach(each ->
                rows.add(List.of(each.what(), time(each.samples().median()), spread(each.samples()))));
        return rows;
    }

    /** Returns rows with their columns below each other, the first one aligned left and the others right. */
    private static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream().mapToInt(each -> each.get(index).length()).max().orElseThrow();
                line.append(column == 0 ? "" : "  ")
                        .append(("%" + (column == 0 ? "-" : "") + width + "s").formatted(row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Returns a time with three digits and its unit. */
    static String time(double seconds) {
        double amount = seconds;
        int unit = 0;
        while (amount < 0.9995 && unit < UNITS.length - 1) {
            amount *= 1000;
            unit++;
        }
        return digits(amount) + " " + UNITS[unit];
    }

    /** Returns a ratio with three digits, at most three of them after the point. */
    static String ratio(double ratio) {
        return ratio < 0.9995 ? String.format(Locale.ROOT, "%.3f", ratio) : digits(ratio);
    }

    private static String digits(double amount) {
        int decimals = amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", amount);
    }

    private static String spread(Samples samples) {
        return String.format(Locale.ROOT, "+- %.0f %%", samples.spread() * 100);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Returns the run as JSON; times are in seconds. */
    public String json() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("machine", environment.machine());
        run.put("load", environment.load());
        run.put("polyproc", environment.polyproc());
        run.put("graalpy", environment.graalpy());
        run.put("jdk", environment.jdk());
        run.put("jit", environment.jit());
        run.put("against", environment.other());
        run.put("warm_up", warmUpSeconds);
        run.put("benchmarks", results.stream().map(Report::fields).toList());
        run.put("startup", startTimes.stream().map(Report::fields).toList());
        return Json.write(run);
    }

    private static Map<String, Object> fields(Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.name());
        fields.put("title", result.title());
        fields.put("polyproc", fields(result.polyproc()));
        fields.put("against", fields(result.other()));
        fields.put("ratio", result.ratio());
        fields.put("bar", result.bar());
        fields.put("met", result.meetsBar());
        return fields;
    }

    private static Map<String, Object> fields(StartTime startTime) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", startTime.what());
        fields.putAll(fields(startTime.samples()));
        return fields;
    }

    private static Map<String, Object> fields(Samples samples) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("median", samples.median());
        fields.put("spread", samples.spread());
        fields.put("rounds", samples.seconds());
        return fields;
    }
}
