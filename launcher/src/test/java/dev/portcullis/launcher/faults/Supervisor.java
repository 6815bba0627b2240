package dev.portcullis.launcher.faults;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.launcher.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps a Portcullis running on an installation, as a supervisor of services does, and strikes it. {@link #process()} and {@link #faults()} are thread-safe, the rest
 * is for one thread.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Starts that may still fail after the last fault has ended: of one that began under it. */
    private static final int FAILED_STARTS = 1;

    private final Installation installation;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private ChildJvm child;
    private int processes;
    private volatile int process;

    Supervisor(Installation installation) {
        this.installation = installation;
        this.child = installation.start();
    }

    /** A number of its own for each process that was ready once and goes on; nothing while there is none. */
    Optional<Integer> process() {
        return process == 0 ? Optional.empty() : Optional.of(process);
    }

    /** What must not have become of a process. */
    List<String> faults() {
        return faults;
    }

    /** Waits until Portcullis is ready; a process that has ended is started again. */
    void awaitReady() {
        noteUnexpectedEnd();
        for (int failed = 0; !readyOrEnded(); failed++) {
            if (failed > FAILED_STARTS) {
                throw new AssertionError("Portcullis does not start; see " + installation.outputFile());
            }
            System.out.println("a start has failed; see " + installation.outputFile());
            child = installation.start();
        }
        if (process == 0) {
            process = ++processes;
        }
    }

    private void noteUnexpectedEnd() {
        if (process != 0 && !child.isAlive()) {
            process = 0;
            faults.add("a process that was ready has ended by itself; see " + installation.outputFile());
        }
    }

    private boolean readyOrEnded() {
        var ready = Await.value("the readiness of the process of " + installation.outputFile(), LIMIT, () -> {
            var alive = child.isAlive();
            return isReady() ? Optional.of(true) : alive ? Optional.<Boolean>empty() : Optional.of(false);
        });
        return ready && child.isAlive();
    }

    private boolean isReady() throws InterruptedException {
        var address = "http://127.0.0.1:" + installation.port("GATE_HTTP") + "/health/readiness";
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
        try {
            return client.send(request.build(), BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until one of these is in the data folder, or until the start has failed. */
    void awaitOneOf(List<String> files) {
        Await.until(
                files.toString(),
                LIMIT,
                () -> !child.isAlive()
                        || files.stream()
                                .anyMatch(
                                        file -> Files.exists(installation.data().resolve(file))));
    }

    /** kill -9, and the next start at once. */
    void killAndStart() {
        noteUnexpectedEnd();
        process = 0;
        child.kill();
        child = installation.start();
    }

    /** SIGTERM, and the next start when it has ended. */
    void terminateAndStart() {
        noteUnexpectedEnd();
        var wasReady = process != 0;
        process = 0;
        terminate(wasReady);
        child = installation.start();
    }

    /** One that has not been ready may have failed just before. */
    private void terminate(boolean wasReady) {
        child.terminate();
        var status = child.waitFor(LIMIT);
        if (status != 143 && (wasReady || status != 1)) {
            faults.add("SIGTERM ended a process with " + status + "; see " + installation.outputFile());
        }
    }

    void stopIt() throws IOException, InterruptedException {
        noteUnexpectedEnd();
        process = 0;
        Signals.send("STOP", child());
    }

    /** What was asked while it stood still took its time, so that it counts as another process from now on, once it is ready. */
    void letItGoOn() throws IOException, InterruptedException {
        Signals.send("CONT", child());
    }

    private List<ProcessHandle> child() {
        return ProcessHandle.of(child.pid()).stream().toList();
    }

    /** The processes of the embedded PostgreSQL, its first one first; none while it does not run. */
    List<ProcessHandle> database() {
        return installation.server().map(Signals::tree).orElse(List.of());
    }

    /** See {@link Signals#limitFiles}: of everything that runs. */
    void limitFiles(String bytes) throws IOException, InterruptedException {
        Signals.limitFiles(bytes, child());
        Signals.limitFiles(bytes, database());
    }

    /** Ends the last process in an orderly way, so that nothing of it is left. */
    void end() {
        noteUnexpectedEnd();
        var wasReady = process != 0;
        process = 0;
        terminate(wasReady);
        if (installation.server().isPresent()) {
            faults.add("a PostgreSQL is left");
        }
    }

    /** Ends whatever still runs. */
    @Override
    public void close() {
        process = 0;
        try {
            child.kill();
            Signals.send("KILL", database());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }
}
