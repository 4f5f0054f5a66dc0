import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Takes the signatures out of the jars of a folder, which is the only argument: {@code META-INF/*.SF} and what belongs to it. The JVM
 * verifies a signed jar whenever it loads a class of it, and has no such class in its ahead-of-time cache; GraalPy needs one of Bouncy
 * Castle's for each start, so that took 0.2 s. OpenJDK does not ask for the signature of a provider of cryptography. Part of the build.
 */
class Unsign {

    void main(String[] arguments) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                List<String> signatures = signatures(jar);
                if (!signatures.isEmpty()) {
                    try (FileSystem contents = FileSystems.newFileSystem(jar)) {
                        for (String name : signatures) {
                            Files.delete(contents.getPath(name));
                        }
                    }
                }
            }
        }
    }

    private static List<String> signatures(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).filter(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)")).toList();
        }
    }
}
