package org.polyproc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theCodeOfSharingIsThatOfTheExample() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String code = readme.substring(readme.indexOf("### Sharing with Java")).split("```java\n|```\n")[1];
        String example = Files.readString(Path.of("examples/SharedCounter.java"));
        int position = 0;
        // What the README has as a statement may be the resource of the example's try.
        for (String line : code.lines().map(line -> line.strip().replaceFirst("\\);$", ")")).toList()) {
            position = example.indexOf(line, position);
            assertTrue(position >= 0, "missing in the example, or in another order: " + line);
        }
    }
}
