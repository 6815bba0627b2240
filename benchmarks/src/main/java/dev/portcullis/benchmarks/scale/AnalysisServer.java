package dev.portcullis.benchmarks.scale;

import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.Memory;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** analysis-service alone, a process of its own, with all analyses of a fleet. Used by one thread. */
final class AnalysisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int PAGE = 200;

    private final ChildProcess process;
    private final ManagedChannel channel;
    private final AnalysisServiceGrpc.AnalysisServiceBlockingStub stub;

    private AnalysisServer(ChildProcess process, ManagedChannel channel) {
        this.process = process;
        this.channel = channel;
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /** Starts it with the fleet's configuration and waits until it is ready. */
    static AnalysisServer start(
            TemporaryFolder folder,
            String name,
            Fleet fleet,
            Duration poll,
            DatabaseSettings database,
            PrometheusServer prometheus)
            throws IOException, InterruptedException {
        var config = folder.folder(name + "-config");
        var files = fleet.configuration(poll.toSeconds() + "s");
        for (var file = 0; file < files.size(); file++) {
            Files.writeString(config.resolve("fleet-" + file + ".yaml"), files.get(file));
        }
        var ports = FreePorts.free();
        var environment = new HashMap<>(ports.environment());
        environment.put("PORTCULLIS_CONFIG", config.toString());
        environment.put("PORTCULLIS_PROMETHEUS_URL", prometheus.address());
        environment.put("PORTCULLIS_DB_URL", database.url());
        environment.put("PORTCULLIS_DB_USER", database.user());
        environment.put("PORTCULLIS_DB_PASSWORD", database.password());
        var process = ChildProcess.start(
                Installation.usual(), "analysis-service", List.of(), environment, folder.file(name + "-analysis.log"));
        var port = Integer.parseInt(environment.getOrDefault("PORTCULLIS_ANALYSIS_GRPC_PORT", "0"));
        var channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        var server = new AnalysisServer(process, channel);
        try {
            process.awaitOk(ports.http("analysis", "/health/readiness"), START_LIMIT);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Begins the analysis of every service's canary. */
    void begin(Fleet fleet) {
        for (var service = 0; service < fleet.canaries(); service++) {
            stub.startAnalysis(StartAnalysisRequest.newBuilder()
                    .setService(Fleet.service(service))
                    .setCanary(Fleet.canary(service))
                    .setBaseline(Fleet.stable(service))
                    .build());
        }
    }

    /** All analyses as they are now. */
    List<Analysis> analyses() {
        var all = new ArrayList<Analysis>();
        var token = "";
        do {
            var page = stub.listAnalyses(ListAnalysesRequest.newBuilder()
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build());
            all.addAll(page.getAnalysesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    /** Processor time it has used. */
    double cpuSeconds() {
        return Processor.seconds(process.pid());
    }

    /** Resident memory in MiB. */
    long residentMib() throws IOException {
        return Memory.resident(process.pid()) / 1024;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }
}
