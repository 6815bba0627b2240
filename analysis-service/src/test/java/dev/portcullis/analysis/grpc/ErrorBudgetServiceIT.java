package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.BurnRatePreset;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GetErrorBudget over the wire, with a server that answers like Prometheus. */
final class ErrorBudgetServiceIT {
    private static final String CART = "---\n"
            + ShopDocuments.file(
                    ShopDocuments.dataSource("main", "Prometheus", "{url: '%s'}"),
                    ShopDocuments.slo(
                                    "cart-availability",
                                    "metricSourceRef: main",
                                    "bad",
                                    "r_total{code=\"500\"}",
                                    "r_total")
                            .replace("checkout", "cart"));
    private static final String PRESET = """
            ---
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: mesh}
            spec: {service: mesh, preset: {name: istio, metricSourceRef: main}}
            """;
    private static final String BRIEF =
            depot("brief", "r_total").replace("depot", "brief").replace("duration: 30d", "duration: 1d");
    private static final String DEPOT = depot("depot-fast", "fast_total") + depot("depot-slow", "slow_total");
    private static final String NOTHING = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

    @TempDir
    private Path folder;

    private final AtomicReference<Function<String, Response>> answers =
            new AtomicReference<>(ErrorBudgetServiceIT::figures);
    private final StubHttpServer prometheus =
            new StubHttpServer(request -> answers.get().apply(query(request)));
    private AnalysisFixture fixture;

    /** The SLO of the cart again, of another service and metric. */
    private static String depot(String name, String metric) {
        String slo = CART.substring(CART.lastIndexOf("---"));
        return slo.replace("cart-availability", name).replace("cart", "depot").replace("r_total", metric);
    }

    @BeforeEach
    void start() {
        String policy = AnalysisFixture.POLICY + CART.formatted(prometheus.address()) + DEPOT + BRIEF + PRESET;
        fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy);
    }

    @AfterEach
    void stop() {
        fixture.close();
        prometheus.close();
    }

    @Test
    void burnRatesWhatIsLeftAndTheEarliestEndAreTold() {
        ErrorBudget budget = budget("cart");
        assertEquals("cart-availability", budget.getSlo());
        assertEquals(ErrorBudget.State.MEASURED, budget.getState());
        assertEquals(Duration.ofDays(30).toSeconds(), budget.getPeriod().getSeconds());
        assertEquals(0.0005, budget.getBadRatio());
        assertEquals(0.5, budget.getLeft(), 1e-12);
        assertEquals(
                "300=1 1800=1 3600=2 7200=1 21600=1 86400=1 259200=1",
                budget.getBurnRatesList().stream()
                        .map(burn -> burn.getWindow().getSeconds() + "=" + Math.round(burn.getBurnRate()))
                        .collect(Collectors.joining(" ")));
        assertEquals(
                Duration.ofDays(30).dividedBy(4).toSeconds(),
                budget.getTimeToExhaustion().getSeconds());
    }

    @Test
    void aServerThatFailsIsToldAndNoFigureIsMadeUp() {
        answers.set(query -> query.contains("[30d]")
                ? Response.json(503, "{\"status\":\"error\",\"error\":\"query timed out\"}")
                : figures(query));
        ErrorBudget budget = budget("cart");
        assertEquals(ErrorBudget.State.UNREACHABLE, budget.getState());
        assertTrue(budget.getDetail().contains("query timed out"), budget.getDetail());
        assertFalse(budget.hasLeft());
        assertEquals(List.of(), budget.getBurnRatesList());
    }

    @Test
    void missingSeriesAreNotHalfANumber() {
        answers.set(query ->
                Response.json(200, NOTHING.replace("{\"status", "{\"warnings\":[\"store b is down\"],\"status")));
        ErrorBudget budget = budget("cart");
        assertEquals(ErrorBudget.State.UNREACHABLE, budget.getState());
        assertTrue(budget.getDetail().contains("store b is down"), budget.getDetail());
    }

    @Test
    void aPartThatIsNoneIsTold() {
        answers.set(query -> figure(query.contains("[1h]") ? "-0.3" : "-0.0000000000000001"));
        ErrorBudget budget = budget("cart");
        assertEquals(ErrorBudget.State.UNREACHABLE, budget.getState());
        assertTrue(budget.getDetail().contains("of the last 3600 s its queries give -0.3"), budget.getDetail());
    }

    @Test
    void withoutRequestsThereIsNoDataAndNoFigure() {
        answers.set(query -> Response.json(200, NOTHING));
        ErrorBudget budget = budget("cart");
        assertEquals(ErrorBudget.State.NO_DATA, budget.getState());
        assertFalse(budget.hasBadRatio());
        assertFalse(budget.hasTimeToExhaustion());
    }

    @Test
    void aSourceThatKnowsThePresentOnlySaysSo() {
        ErrorBudget budget = budget("checkout");
        assertEquals(ErrorBudget.State.UNMEASURABLE, budget.getState());
        assertTrue(budget.getDetail().contains("'shop' is not asked about the past"), budget.getDetail());
    }

    @Test
    void aServiceWithoutAnSloIsUnknown() {
        var info = Errors.expect(Status.Code.NOT_FOUND, ErrorReason.UNKNOWN_SERVICE, () -> budget("chekout"));
        assertEquals("chekout", info.getMetadataOrThrow("service"));
        var error = assertThrows(StatusRuntimeException.class, () -> budget("chekout"));
        assertEquals(
                "no SLO for service 'chekout'; known: brief, cart, checkout, depot, mesh",
                error.getStatus().getDescription());
    }

    @Test
    void aPeriodShorterThanTheWindowsOfItsAlertsIsNotMeasured() {
        ErrorBudget budget = budget("brief");
        assertEquals(ErrorBudget.State.UNMEASURABLE, budget.getState());
        assertTrue(budget.getDetail().startsWith("its period, 24 h, is shorter"), budget.getDetail());
        assertEquals(Duration.ofDays(1).toSeconds(), budget.getPeriod().getSeconds());
    }

    @Test
    void whatAPresetMakesHasABudgetOfThirtyDays() {
        var request = GetErrorBudgetRequest.newBuilder().setService("mesh").build();
        ErrorBudget budget = fixture.stub.getErrorBudget(request).getBudgets(0);
        assertEquals("mesh-availability", budget.getSlo());
        assertEquals(ErrorBudget.State.MEASURED, budget.getState());
        assertEquals(Duration.ofDays(30).toSeconds(), budget.getPeriod().getSeconds());
    }

    @Test
    void whatIsAskedIsChecked() {
        Errors.expectInvalid("service", () -> budget(""));
        Errors.expectInvalid("service", () -> budget("a\nb"));
        var unknown = GetErrorBudgetRequest.newBuilder().setService("cart").setPresetValue(9);
        Errors.expectInvalid("preset", () -> fixture.stub.getErrorBudget(unknown.build()));
    }

    @Test
    void everyRowSaysWhetherItIsMet() {
        assertEquals("PAGE false, PAGE false, TICKET false, TICKET false", rows(budget("cart")));
        answers.set(query -> figure(query.contains("[1h]") || query.contains("[5m]") ? "0.02" : "0.0031"));
        ErrorBudget budget = fixture.stub
                .getErrorBudget(
                        GetErrorBudgetRequest.newBuilder().setService("depot").build())
                .getBudgets(0);
        assertEquals("PAGE true, PAGE false, TICKET true, TICKET true", rows(budget));
        assertEquals(14.4, budget.getRows(0).getFactor());
        assertEquals(20, budget.getRows(0).getLongBurnRate(), 1e-9);
        assertEquals(3.1, budget.getRows(2).getShortBurnRate(), 1e-9);
    }

    @Test
    void theRowsOfAnotherPresetAreThoseOfTheRequest() {
        var request = GetErrorBudgetRequest.newBuilder().setService("cart").setPreset(BurnRatePreset.PYRRA);
        ErrorBudget budget = fixture.stub.getErrorBudget(request.build()).getBudgets(0);
        assertEquals(14, budget.getRows(0).getFactor());
        assertEquals(64 * 60, budget.getRows(0).getLongWindow().getSeconds());
    }

    @Test
    void oneSlowSloKeepsTheOthersFromNothingAndIsReadForWhoeverAsksNext() throws Exception {
        var released = new CountDownLatch(1);
        answers.set(query -> {
            if (query.contains("slow_total")) {
                await(released);
            }
            return figures(query);
        });
        var request = GetErrorBudgetRequest.newBuilder().setService("depot").build();
        var budgets = fixture.stub
                .withDeadlineAfter(2, TimeUnit.SECONDS)
                .getErrorBudget(request)
                .getBudgetsList();
        assertEquals(ErrorBudget.State.MEASURED, budgets.getFirst().getState());
        assertEquals(ErrorBudget.State.UNREACHABLE, budgets.getLast().getState());
        assertTrue(
                budgets.getLast().getDetail().startsWith("not read within 1"),
                budgets.getLast().getDetail());
        released.countDown();
        Await.until(
                "the slow one is read",
                Duration.ofSeconds(20),
                () -> fixture.stub.getErrorBudget(request).getBudgets(1).getState() == ErrorBudget.State.MEASURED);
    }

    @Test
    void whoPollsIsAnsweredFromOneReading() {
        var asked = new AtomicInteger();
        answers.set(query -> {
            asked.incrementAndGet();
            return figures(query);
        });
        ErrorBudget first = budget("cart");
        for (int i = 0; i < 5; i++) {
            assertEquals(first, budget("cart"));
        }
        // What is recorded, seven windows and the period.
        assertEquals(9, asked.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rows(ErrorBudget budget) {
        return budget.getRowsList().stream()
                .map(row -> row.getSeverity() + " " + row.getMet())
                .collect(Collectors.joining(", "));
    }

    private ErrorBudget budget(String service) {
        var response = fixture.stub.getErrorBudget(
                GetErrorBudgetRequest.newBuilder().setService(service).build());
        assertEquals(1, response.getBudgetsCount());
        return response.getBudgets(0);
    }

    private static Response figures(String query) {
        String ratio = query.contains("[30d]") ? "0.0005" : query.contains("[1h]") ? "0.002" : "0.001";
        return figure(ratio);
    }

    private static Response figure(String ratio) {
        return Response.json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\""
                        + ratio + "\"]}]}}");
    }

    private static String query(Request request) {
        return URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
    }
}
