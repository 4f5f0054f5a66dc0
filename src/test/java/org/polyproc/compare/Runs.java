package org.polyproc.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Runs to compare, made by hand or at random. */
final class Runs {

    /** python-scripts/day37_lock_shared_memory.expected.txt. */
    static final List<String> TUTORIAL = List.of(
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
            "init add1 number = 0",
            "###########add1 has added#######",
            "[0, -1, -2, -3, -4, -5, -6, -7, -8, -9]",
            "main end",
            "add1 number = 1",
            "###########add1 has added#######",
            "add1 number = 2",
            "###########add1 has added#######",
            "add1 number = 3",
            "###########add1 has added#######",
            "add1 number = 4",
            "###########add1 has added#######",
            "add1 number = 5",
            "init add3 number = 5",
            "###########add3 has added#######",
            "add3 number = 8",
            "###########add3 has added#######",
            "add3 number = 11",
            "###########add3 has added#######",
            "add3 number = 14",
            "###########add3 has added#######",
            "add3 number = 17",
            "###########add3 has added#######",
            "add3 number = 20");

    private Runs() {
    }

    /** The tutorial's run in the reference's order; Process-3 writes nothing. */
    static List<OutputLine> tutorial() {
        List<OutputLine> run = new ArrayList<>();
        for (String text : TUTORIAL) {
            int pid = text.contains("add1") ? 101 : text.contains("add3") ? 102 : 100;
            run.add(line(pid, text));
        }
        return run;
    }

    /** A line of MainProcess (pid 100), Process-1 (101), Process-2 (102) and so on. */
    static OutputLine line(int pid, String text) {
        return new OutputLine(pid, pid == 100 ? "MainProcess" : "Process-" + (pid - 100), text);
    }

    /** What Process-1, Process-2, ... wrote, one after the other: one string for each, its lines separated by spaces. */
    static List<OutputLine> processes(String... outputs) {
        return blocks(Arrays.stream(outputs).map(output -> List.of(output.split(" "))).toList());
    }

    /** What Process-1, Process-2, ... wrote, one after the other. */
    static List<OutputLine> blocks(List<List<String>> outputs) {
        List<OutputLine> run = new ArrayList<>();
        for (int process = 0; process < outputs.size(); process++) {
            int pid = 101 + process;
            outputs.get(process).forEach(text -> run.add(line(pid, text)));
        }
        return run;
    }

    /** A random interleaving of outputs: the same lines, each output's own order kept. */
    static List<OutputLine> shuffled(List<List<String>> outputs, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int process = 0; process < outputs.size(); process++) {
            turns.addAll(Collections.nCopies(outputs.get(process).size(), process));
        }
        Collections.shuffle(turns, random);
        int[] position = new int[outputs.size()];
        return turns.stream().map(turn -> line(101 + turn, outputs.get(turn).get(position[turn]++))).toList();
    }

    /** Outputs whose lines are drawn from so many different texts. */
    static List<List<String>> random(Random random, int processes, int lines, int texts) {
        List<List<String>> outputs = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            outputs.add(random.ints(random.nextInt(lines + 1), 0, texts).mapToObj(text -> "t" + text).toList());
        }
        return outputs;
    }

    static List<String> texts(List<OutputLine> lines) {
        return lines.stream().map(OutputLine::text).toList();
    }

    static List<String> lines(String separatedBySpaces) {
        return List.of(separatedBySpaces.split(" "));
    }
}
