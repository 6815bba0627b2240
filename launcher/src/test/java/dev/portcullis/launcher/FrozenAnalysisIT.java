package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.AnalysisApplication;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.launcher.faults.Signals;
import dev.portcullis.launcher.services.AllServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analysis-service that is stopped by SIGSTOP keeps its connections and says nothing: what the gate knows of it must not be answered for long. */
final class FrozenAnalysisIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String UNAVAILABLE = "[\"ANALYSIS_UNAVAILABLE\"]";
    private static final int ANSWERS = 20;

    @TempDir
    Path folder;

    @Test
    void whatItSaidBeforeIsNotAnsweredAndWhatItSaysAfterwardsIs() throws Exception {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            var ask = PortcullisClient.of(services);
            var release = ask.argo().get("release").asText();
            services.service("analysis").close();
            try (var process = process(services, ask.analysisGrpc())) {
                process.awaitLine("analysis-service ready", LIMIT);
                Await.until(
                        "answers that rest on a measurement",
                        LIMIT,
                        () -> ask.argo().get("measuring").asText().equals("MEASURING"));

                Signals.send("STOP", handle(process));
                Await.until("a hold because nobody can be asked", LIMIT, () -> reasons(ask)
                        .equals(UNAVAILABLE));
                site.canaryBad.set(Site.REQUESTS_PER_LOOK);
                for (var i = 0; i < ANSWERS; i++) {
                    var answer = ask.argo();
                    assertEquals(UNAVAILABLE, answer.get("reasons").toString());
                    assertEquals("HOLD", answer.get("decision").asText());
                    assertEquals(release, answer.get("release").asText());
                }

                Signals.send("CONT", handle(process));
                Await.until(
                        "an abort",
                        LIMIT,
                        () -> ask.argo().get("decision").asText().equals("ABORT"));
                assertEquals(release, ask.argo().get("release").asText());
            }
        }
    }

    private static String reasons(PortcullisClient ask) {
        return ask.argo().get("reasons").toString();
    }

    private static List<ProcessHandle> handle(ChildJvm process) {
        return ProcessHandle.of(process.pid()).stream().toList();
    }

    /** The same service as before, as a process of its own. */
    private ChildJvm process(AllServices services, int grpcPort) {
        var database = services.gate().get(DatabaseSettings.class);
        var environment = Map.of(
                "PORTCULLIS_CONFIG",
                folder.resolve("config").toString(),
                "PORTCULLIS_DB_URL",
                database.url(),
                "PORTCULLIS_DB_USER",
                database.user(),
                "PORTCULLIS_DB_PASSWORD",
                database.password(),
                "PORTCULLIS_ANALYSIS_HTTP_PORT",
                TestPortcullis.freePorts().get("PORTCULLIS_ANALYSIS_HTTP_PORT"),
                "PORTCULLIS_ANALYSIS_GRPC_PORT",
                String.valueOf(grpcPort));
        return ChildJvm.start(AnalysisApplication.class, List.of(), environment, folder.resolve("analysis.log"));
    }
}
