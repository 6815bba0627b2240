package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is compared, each in a process of its own, all of them up until {@link #close()}. Used by one thread. */
final class Endpoints implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private Optional<GateUnderLoad> gate = Optional.empty();
    private Optional<Endpoint> bare = Optional.empty();

    private Endpoints() {}

    /** Starts the bare endpoint and, if wanted, before it the gate. */
    static Endpoints start(Installation installation, boolean withGate) throws IOException, InterruptedException {
        var endpoints = new Endpoints();
        try {
            var folder = TemporaryFolder.create();
            endpoints.started.push(folder);
            if (withGate) {
                var gate = GateUnderLoad.start(installation, folder);
                endpoints.started.push(gate);
                endpoints.gate = Optional.of(gate);
            }
            var bare = BareUnderLoad.start(folder);
            endpoints.started.push(bare);
            endpoints.bare = Optional.of(bare.endpoint());
            return endpoints;
        } catch (IOException | InterruptedException | RuntimeException e) {
            endpoints.close();
            throw e;
        }
    }

    /** Empty when it was not wanted. */
    Optional<GateUnderLoad> gate() {
        return gate;
    }

    /** Opens a release at the gate, if there is one, and answers what to put load on. */
    List<Endpoint> open() throws IOException, InterruptedException {
        List<Endpoint> all = new ArrayList<>();
        if (gate.isPresent()) {
            all.add(gate.get().openRelease());
        }
        bare.ifPresent(all::add);
        return all;
    }

    /** Ends everything in the reverse order of its start; an end that fails does not keep the others from ending. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("a part did not end cleanly: " + e);
            }
        }
    }
}
