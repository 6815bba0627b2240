package dev.portcullis.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the programs of Portcullis are run. */
public enum Installation {
    /** By this process's Java and class path, with no options but a collector and a limit of the heap. */
    PLAIN("class path"),
    /** As the archive has them, by its runtime, options and ahead-of-time cache. */
    ARCHIVE("archive"),
    /** The same without the cache. */
    UNCACHED("archive without its cache");

    private static final String FOLDER = "portcullis.archive";
    private static final List<String> PLAIN_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx768m");
    private static final Map<String, String> MAINS = Map.of(
            "portcullis", "dev.portcullis.launcher.Portcullis",
            "analysis-service", "dev.portcullis.analysis.AnalysisApplication",
            "gate-service", "dev.portcullis.gate.GateApplication",
            "rollback-service", "dev.portcullis.rollback.RollbackApplication");

    private final String told;

    Installation(String told) {
        this.told = told;
    }

    /**
     * The command that runs a program.
     *
     * @param program "portcullis", "analysis-service", "gate-service" or "rollback-service"
     * @throws IllegalArgumentException when there is no such program, or no archive
     */
    List<String> command(String program) {
        var main = MAINS.get(program);
        if (main == null) {
            throw new IllegalArgumentException("no program '" + program + "'; there are " + MAINS.keySet());
        }
        return this == PLAIN
                ? java(main)
                : List.of(archive().resolve("bin").resolve(program).toString());
    }

    /** The command that runs a class of this process's class path, plainly. */
    static List<String> java(String main) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(PLAIN_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return List.copyOf(command);
    }

    /** What its programs need of the environment. */
    Map<String, String> environment() {
        return this == UNCACHED ? Map.of("JAVA_OPTS", "-XX:AOTMode=off") : Map.of();
    }

    private static Path archive() {
        var folder = System.getProperty(FOLDER);
        if (folder == null) {
            throw new IllegalArgumentException("-D" + FOLDER + " is missing: the folder of an unpacked archive");
        }
        return Path.of(folder);
    }

    /** The archive where there is one, otherwise plain. */
    public static Installation usual() {
        return System.getProperty(FOLDER) == null ? PLAIN : ARCHIVE;
    }

    /** In a word or some, for tables. */
    @Override
    public String toString() {
        return told;
    }
}
