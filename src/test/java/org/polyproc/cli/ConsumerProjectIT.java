package org.polyproc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new Maven project that depends on the installed artifact and nothing else runs the README's program. The artifact is installed
 * into a repository of the test's own; what it depends on comes from the repository of this build, so no network is used.
 */
class ConsumerProjectIT {

    private static final String SETTINGS = """
            <settings>
              <localRepository>%s</localRepository>
              <mirrors><mirror><id>build</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
            </settings>
            """;

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId>
              <artifactId>consumer</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
            %s
              </dependencies>
            </project>
            """;

    @TempDir
    private Path folder;

    @Test
    void theReadmesProgramRuns() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.exists(Path.of(path, "mvn"))),
                "Maven is not on the path");
        String build = System.getProperty("polyproc.repository", Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        Files.writeString(folder.resolve("settings.xml"),
                SETTINGS.formatted(folder.resolve("repository"), Path.of(build).toUri()));
        maven("org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file",
                "-Dfile=" + Path.of("target/polyproc.jar").toAbsolutePath(), "-DpomFile=" + Path.of("pom.xml").toAbsolutePath());

        Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(folder.resolve("src/main/java/Main.java"), readmesBlock("java"));
        Files.writeString(folder.resolve("pom.xml"), POM.formatted(readmesBlock("xml")));
        Files.copy(Path.of("python-scripts/day37_lock_shared_memory.py"), folder.resolve("script.py"));

        String out = maven("org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile",
                "org.codehaus.mojo:exec-maven-plugin:3.6.2:exec", "-Dexec.executable=" + java(),
                "-Dexec.args=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp %classpath Main");
        // What follows is Maven's, which ends with codes for a terminal.
        assertTrue(out.lines().anyMatch("0 20 -9"::equals), out);
    }

    private static String readmesBlock(String language) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String fence = "```" + language + "\n";
        int begin = readme.indexOf(fence, readme.indexOf("## Embedding")) + fence.length();
        return readme.substring(begin, readme.indexOf("```", begin));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String maven(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-s", folder.resolve("settings.xml").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }
}
