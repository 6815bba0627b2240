package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.bare.BareEndpoint;
import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The bare endpoint in a process of its own. */
record BareUnderLoad(ChildProcess process, Endpoint endpoint) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    static BareUnderLoad start(TemporaryFolder folder) throws IOException, InterruptedException {
        var port = FreePorts.one();
        var process = ChildProcess.start(
                BareEndpoint.class.getName(),
                List.of(Integer.toString(port), folder.folder("bare").toString()),
                folder.file("bare.log"));
        var address = URI.create("http://127.0.0.1:" + port + BareEndpoint.PATH);
        try {
            process.awaitOk(address, START_LIMIT);
            var answer = SingleRequests.get(address);
            var check = new DecisionCheck(DecisionCheck.releaseIn(answer));
            return new BareUnderLoad(process, new Endpoint(Endpoint.BARE, address, check, answer.length));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
