package dev.portcullis.launcher.faults;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What is done to running processes from outside. One that has ended meanwhile is passed over. */
public final class Signals {
    private Signals() {}

    /** A process with all it has started. */
    static List<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /**
     * Sends a signal to each of the processes.
     *
     * @param name e.g. "STOP"
     */
    public static void send(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (var process : processes) {
            run("kill", "-" + name, String.valueOf(process.pid()));
        }
    }

    /**
     * Lets no file of these processes, and of those that they start, be written beyond a size: PostgreSQL and the JVM take that for a full disk. Files that are longer
     * may be written up to there.
     *
     * @param bytes or "unlimited"
     */
    static void limitFiles(String bytes, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (var process : processes) {
            run("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes + ":");
        }
    }

    /** The exit code is of no interest: a process may have ended. */
    private static void run(String... command) throws IOException, InterruptedException {
        var started = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.getInputStream().readAllBytes();
        started.waitFor();
    }
}
