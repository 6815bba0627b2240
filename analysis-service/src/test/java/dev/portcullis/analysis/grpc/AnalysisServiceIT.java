package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Window;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalysisServiceIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    static Path folder;

    private static AnalysisFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new AnalysisFixture(folder);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void aStartedAnalysisSaysWhatItWasToldToDo() {
        var analysis = fixture.start();
        assertTrue(analysis.getName().matches("analyses/[0-9a-f-]{36}"), analysis.getName());
        assertEquals("checkout", analysis.getService());
        assertEquals("new", analysis.getCanary());
        assertEquals("old", analysis.getBaseline());
        assertEquals(Analysis.State.RUNNING, analysis.getState());
        assertEquals(Verdict.CONTINUE, analysis.getVerdict());
        assertEquals(900, analysis.getPlan().getPlannedWindows());
        assertEquals(0.01, analysis.getPlan().getAlpha());
        assertEquals(
                180,
                analysis.getDeadlineTime().getSeconds()
                        - analysis.getCreateTime().getSeconds());
        assertEquals(-Math.log(0.01), analysis.getEvidence().getFailThreshold(), 1e-12);
        assertEquals(1, analysis.getObjectivesCount());
        assertEquals(-1, analysis.getObjectives(0).getCanaryBurnRate());
        assertTrue(analysis.getObjectives(0).hasBaselineTest());
        assertFalse(analysis.hasEndTime());
        assertFalse(analysis.getExplanation().isBlank());
    }

    @Test
    void aWatcherSeesWindowsComeAndTheAnalysisEnd() {
        var began = fixture.start();
        var seen = new ArrayList<Analysis>();
        fixture.stub
                .withDeadlineAfter(SOON)
                .watchAnalysis(WatchAnalysisRequest.newBuilder()
                        .setName(began.getName())
                        .build())
                .forEachRemaining(analysis -> {
                    seen.add(analysis);
                    if (analysis.getWindowCount() >= 3 && analysis.getState() == Analysis.State.RUNNING) {
                        cancel(began, "seen enough");
                    }
                });
        assertTrue(seen.size() >= 3, seen.size() + " messages");
        assertEquals(Analysis.State.CANCELLED, seen.getLast().getState());
        assertEquals(seen.size(), new HashSet<>(seen).size(), "each message is a change");
        assertTrue(
                seen.getLast().getExplanation().contains("seen enough"),
                seen.getLast().getExplanation());
        assertTrue(seen.getLast().hasEndTime());
    }

    @Test
    void countsOfWindowsAndTotalsAreThoseOfTheShop() {
        var began = fixture.start();
        Await.until("three windows", SOON, () -> fixture.get(began.getName()).getWindowCount() >= 3);
        var cancelled = cancel(began, "counted");
        var analysis = fixture.get(began.getName());
        assertEquals(cancelled.getWindowCount(), analysis.getWindowsCount());
        assertEquals(MeasuringState.MEASURING, analysis.getMeasuring());
        for (Window window : analysis.getWindowsList()) {
            var counts = window.getCountsOrThrow("checkout-availability");
            // Several analyses scrape the same shop, which serves 3,000 requests per scrape.
            assertTrue(
                    counts.getCanary().getTotal() >= 3_000 && counts.getCanary().getTotal() % 3_000 == 0,
                    counts.toString());
            assertEquals(9 * counts.getCanary().getTotal(), counts.getBaseline().getTotal());
        }
        var sum = analysis.getWindowsList().stream()
                .mapToDouble(w ->
                        w.getCountsOrThrow("checkout-availability").getCanary().getTotal())
                .sum();
        assertTrue(analysis.getObjectives(0).getCounts().getCanary().getTotal() >= sum);
        assertEquals(
                0,
                fixture.stub
                        .getAnalysis(GetAnalysisRequest.newBuilder()
                                .setName(began.getName())
                                .build())
                        .getWindowsCount());
    }

    @Test
    void aBadCanaryFailsAndAHealthyOnePassesAndARestartLosesNothing(@TempDir Path other) {
        var database = TestDatabase.fresh();
        String name;
        List<Window> before;
        try (var first = new AnalysisFixture(other, database)) {
            name = first.start().getName();
            Await.until("PASS", SOON, () -> first.get(name).getVerdict() == Verdict.PASS);
            before = first.get(name).getWindowsList();
        }
        try (var second = new AnalysisFixture(other, database)) {
            // The shop was started anew as well: its counters are lower, which is a reset and no loss.
            second.canaryFails(1_500);
            var failed = Await.value(
                    "FAIL", SOON, () -> Optional.of(second.get(name)).filter(a -> a.getVerdict() == Verdict.FAIL));
            assertEquals(Analysis.State.CONCLUDED, failed.getState());
            assertEquals(before, failed.getWindowsList().subList(0, before.size()));
            assertTrue(failed.getEvidence().getFail() >= failed.getEvidence().getFailThreshold());
            assertTrue(failed.getExplanation().startsWith("Bad after "), failed.getExplanation());
            assertTrue(metrics(second).contains("portcullis_analysis_verdicts_total{verdict=\"FAIL\"} 1.0"));
        }
    }

    @Test
    void aShopThatDoesNotAnswerIsUnreachableAndNotBad() {
        fixture.shop.answer(request -> Response.text(503, "closed"));
        try {
            var began = fixture.start();
            assertEquals(MeasuringState.UNREACHABLE, began.getMeasuring());
            assertFalse(began.getMeasuringDetail().isBlank());
            assertEquals(Verdict.CONTINUE, began.getVerdict());
            cancel(began, "shop is closed");
        } finally {
            fixture.shop.answer(request -> Response.text(200, fixture.page()));
        }
    }

    @Test
    void theFirstReadingBelongsToTheTraceOfTheCall() {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
                "00-" + TRACE + "-00f067aa0ba902b7-01");
        var began = fixture.stub
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .startAnalysis(AnalysisFixture.request().build());
        Await.until("the reading of the call itself", SOON, () -> readingsInTheTrace() == 1);
        cancel(began, "traced");
    }

    private static long readingsInTheTrace() {
        return fixture.shop.requests().stream()
                .filter(r -> r.headers().getOrDefault("traceparent", "").contains(TRACE))
                .count();
    }

    @Test
    void aDryRunAnswersThePlanAndStartsNothing() {
        var analysis = fixture.stub.startAnalysis(
                AnalysisFixture.request().setCanary("dry").setValidateOnly(true).build());
        assertEquals("", analysis.getName());
        assertEquals(900, analysis.getPlan().getPlannedWindows());
        assertTrue(list(ListAnalysesRequest.newBuilder().setPageSize(200)).stream()
                .noneMatch(a -> a.getCanary().equals("dry")));
    }

    @Test
    void theSameRequestTwiceIsOneAnalysisAndWithAnotherBodyAnError() {
        var id = UUID.randomUUID().toString();
        var first = fixture.stub.startAnalysis(
                AnalysisFixture.request().setRequestId(id).build());
        var second = fixture.stub.startAnalysis(
                AnalysisFixture.request().setRequestId(id).build());
        assertEquals(first.getName(), second.getName());
        var other = AnalysisFixture.request().setRequestId(id).clearBaseline().build();
        var info = Errors.expect(
                Code.INVALID_ARGUMENT, ErrorReason.REQUEST_ID_REUSED, () -> fixture.stub.startAnalysis(other));
        assertEquals(id, info.getMetadataOrThrow("request_id"));
        cancel(first, "done");
    }

    @Test
    void anUnknownServiceAndAnUnknownAnalysisAreNotFound() {
        var info = Errors.expect(
                Code.NOT_FOUND,
                ErrorReason.UNKNOWN_SERVICE,
                () -> fixture.stub.startAnalysis(
                        AnalysisFixture.request().setService("chekout").build()));
        assertEquals("chekout", info.getMetadataOrThrow("service"));
        var name = "analyses/" + UUID.randomUUID();
        var get = GetAnalysisRequest.newBuilder().setName(name).build();
        var missing =
                Errors.expect(Code.NOT_FOUND, ErrorReason.ANALYSIS_NOT_FOUND, () -> fixture.stub.getAnalysis(get));
        assertEquals(name, missing.getMetadataOrThrow("name"));
        var watch = WatchAnalysisRequest.newBuilder().setName(name).build();
        Errors.expect(Code.NOT_FOUND, ErrorReason.ANALYSIS_NOT_FOUND, () -> fixture.stub
                .watchAnalysis(watch)
                .next());
        var cancel = CancelAnalysisRequest.newBuilder()
                .setName(name)
                .setReason("why not")
                .build();
        Errors.expect(Code.NOT_FOUND, ErrorReason.ANALYSIS_NOT_FOUND, () -> fixture.stub.cancelAnalysis(cancel));
    }

    @Test
    void cancellingTwiceAnswersTheFirstEnd() {
        var began = fixture.start();
        var first = cancel(began, "superseded");
        var second = cancel(began, "again");
        assertEquals(first, second);
        assertNotEquals(0, first.getEndTime().getSeconds());
    }

    @Test
    void pagesAreFollowedByTheirTokens() {
        for (var i = 0; i < 5; i++) {
            cancel(fixture.start(), "for the list");
        }
        var filter = ListAnalysesRequest.newBuilder()
                .setService("checkout")
                .setState(Analysis.State.CANCELLED)
                .setPageSize(2);
        var names = list(filter).stream().map(Analysis::getName).toList();
        assertTrue(names.size() >= 5);
        assertEquals(names.size(), new HashSet<>(names).size());
        var token = fixture.stub.listAnalyses(filter.build()).getNextPageToken();
        Errors.expectInvalid(
                "page_token",
                () -> fixture.stub.listAnalyses(
                        filter.clone().clearState().setPageToken(token).build()));
    }

    @Test
    void aServicePutIntoTheFolderIsKnownWithoutARestart() {
        AnalysisFixture.write(
                folder.resolve("cart.yaml"),
                AnalysisFixture.POLICY
                        .substring(AnalysisFixture.POLICY.indexOf("---\n") + 4)
                        .replace("checkout", "cart"));
        var request = AnalysisFixture.request()
                .setService("cart")
                .setValidateOnly(true)
                .build();
        Await.until("cart to be known", SOON, () -> "cart"
                .equals(fixture.stub.startAnalysis(request).getService()));
    }

    private static List<Analysis> list(ListAnalysesRequest.Builder request) {
        var all = new ArrayList<Analysis>();
        var token = "";
        do {
            var page = fixture.stub.listAnalyses(request.setPageToken(token).build());
            all.addAll(page.getAnalysesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        request.clearPageToken();
        return all;
    }

    private static Analysis cancel(Analysis analysis, String reason) {
        return fixture.stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                .setName(analysis.getName())
                .setReason(reason)
                .build());
    }

    private static String metrics(AnalysisFixture of) {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.service.httpPort() + "/prometheus"));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
