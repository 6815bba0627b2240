package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.process.TemporaryFolder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The endpoints to compare, each in a process of its own, all of them up until {@link #close()}. Used by one thread. */
final class Endpoints implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Endpoint> all = new ArrayList<>();

    private Endpoints() {}

    /** Starts the bare endpoint and, if wanted, before it the gate with a release that is being measured. */
    static Endpoints start(boolean withGate) throws IOException, InterruptedException {
        var endpoints = new Endpoints();
        try {
            var folder = TemporaryFolder.create();
            endpoints.started.push(folder);
            if (withGate) {
                var gate = GateUnderLoad.start(folder);
                endpoints.started.push(gate);
                endpoints.all.add(gate.openRelease());
            }
            var bare = BareUnderLoad.start(folder);
            endpoints.started.push(bare);
            endpoints.all.add(bare.endpoint());
            return endpoints;
        } catch (IOException | InterruptedException | RuntimeException e) {
            endpoints.close();
            throw e;
        }
    }

    List<Endpoint> all() {
        return List.copyOf(all);
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
