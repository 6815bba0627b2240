package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GetErrorBudget over the wire, with a server that answers like Prometheus. */
final class ErrorBudgetServiceTest {
    private static final String CART = """
            ---
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: main}
            spec:
              type: Prometheus
              connectionDetails: {url: '%s'}
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: cart-availability}
            spec:
              service: cart
              indicator:
                spec:
                  ratioMetric:
                    counter: true
                    bad: {metricSource: {metricSourceRef: main, spec: {query: 'r_total{code="500"}'}}}
                    total: {metricSource: {metricSourceRef: main, spec: {query: 'r_total'}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.999}]
            """;
    private static final String NOTHING = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

    @TempDir
    private Path folder;

    private final AtomicReference<Function<String, Response>> answers =
            new AtomicReference<>(ErrorBudgetServiceTest::figures);
    private final StubHttpServer prometheus =
            new StubHttpServer(request -> answers.get().apply(query(request)));
    private AnalysisFixture fixture;

    @BeforeEach
    void start() {
        String policy = AnalysisFixture.POLICY + CART.formatted(prometheus.address());
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
        var error = assertThrows(StatusRuntimeException.class, () -> budget("chekout"));
        assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
        assertEquals(
                "no SLO for service 'chekout'; known: cart, checkout",
                error.getStatus().getDescription());
    }

    private ErrorBudget budget(String service) {
        var response = fixture.stub.getErrorBudget(
                GetErrorBudgetRequest.newBuilder().setService(service).build());
        assertEquals(1, response.getBudgetsCount());
        return response.getBudgets(0);
    }

    private static Response figures(String query) {
        String ratio = query.contains("[30d]") ? "0.0005" : query.contains("[1h]") ? "0.002" : "0.001";
        return Response.json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\""
                        + ratio + "\"]}]}}");
    }

    private static String query(Request request) {
        return URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
    }
}
