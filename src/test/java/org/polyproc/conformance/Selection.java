package org.polyproc.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which tests are wanted: names of classes and of tests, where a {@code *} stands for any characters; none means all. */
record Selection(List<String> names) {

    Selection {
        names = List.copyOf(names);
    }

    /** Returns whether every test is wanted. */
    boolean isAll() {
        return names.isEmpty();
    }

    /**
     * Returns the wanted tests, class by class.
     *
     * @throws IllegalArgumentException if a name matches none
     */
    List<TestClass> of(List<TestClass> classes) {
        if (isAll()) {
            return classes;
        }
        for (String name : names) {
            if (classes.stream().allMatch(tests -> matching(tests, List.of(name)).isEmpty())) {
                throw new IllegalArgumentException("there is no such test or class of tests: " + name);
            }
        }
        List<TestClass> selected = new ArrayList<>();
        for (TestClass tests : classes) {
            List<String> methods = matching(tests, names);
            if (!methods.isEmpty()) {
                selected.add(tests.with(methods));
            }
        }
        return selected;
    }

    private static List<String> matching(TestClass tests, List<String> names) {
        String alternatives = names.stream().map(Selection::regex).collect(Collectors.joining("|"));
        Pattern pattern = Pattern.compile("(" + alternatives + ")(\\..*)?");
        return tests.methods().stream().filter(method -> pattern.matcher(tests.name() + "." + method).matches()).toList();
    }

    private static String regex(String name) {
        return List.of(name.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
