package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/error-budgets.md: with the bad ratios of its table the service answers what it shows. */
final class ErrorBudgetPageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROW = Pattern.compile("\\| (\\d+[mhd]) \\| ([0-9.]+) \\| ([0-9.]*) *\\|");
    private static final Page PAGE = Page.of("docs/error-budgets.md");
    private static final double CLOSE = 1e-12;

    @TempDir
    private Path folder;

    @Test
    void theAnswerIsThatOfTheRatiosInTheTable() throws IOException {
        Map<String, String> ratios =
                ROW.matcher(PAGE.text()).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        JsonNode shown = JSON.readTree(PAGE.blocks("json").getFirst());
        JsonNode told = JSON.readTree(JsonFormat.printer().print(answer(ratios)));
        Instant moment = moment(told);
        assertTrue(moment.isAfter(Instant.now().minusSeconds(60)), "measured at " + moment);
        withoutTimes(shown);
        withoutTimes(told);
        assertTrue(shown.equals(ErrorBudgetPageIT::compare, told), () -> told.toPrettyString());
    }

    @Test
    void theBurnRatesOfTheTableAreThoseOfTheAnswer() {
        for (MatchResult row : ROW.matcher(PAGE.text()).results().toList()) {
            if (!row.group(3).isEmpty()) {
                assertEquals(
                        Double.parseDouble(row.group(2)) / 0.001, Double.parseDouble(row.group(3)), 1e-9, row.group());
            }
        }
    }

    private GetErrorBudgetResponse answer(Map<String, String> ratios) {
        try (var prometheus = new StubHttpServer(request -> figure(ratios, request.body()));
                var fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy(prometheus.address()))) {
            return fixture.stub.getErrorBudget(
                    GetErrorBudgetRequest.newBuilder().setService("checkout").build());
        }
    }

    /** The SLO of the other tests, asked of a Prometheus. */
    private static String policy(String address) {
        return AnalysisFixture.POLICY
                .replace(
                        "type: Scrape\n  connectionDetails: {targets: ['%s/metrics']}",
                        "type: Prometheus\n  connectionDetails: {url: '" + address + "'}")
                .replace("type: Scrape, ", "");
    }

    private static Response figure(Map<String, String> ratios, String form) {
        String query = URLDecoder.decode(form, StandardCharsets.UTF_8);
        String result = ratios.entrySet().stream()
                .filter(row -> query.contains("[" + row.getKey() + "]"))
                .findFirst()
                .map(row -> "{\"metric\":{},\"value\":[1,\"" + row.getValue() + "\"]}")
                .orElse("");
        return Response.json(
                200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}");
    }

    private static Instant moment(JsonNode answer) {
        return Instant.parse(answer.at("/budgets/0/measureTime").asText());
    }

    private static void withoutTimes(JsonNode answer) {
        for (JsonNode budget : answer.path("budgets")) {
            ((ObjectNode) budget).remove("measureTime");
            ((ObjectNode) budget).remove("periodStartTime");
        }
    }

    /** grpcurl writes 20 where protobuf's Java library writes 20.0. */
    private static int compare(JsonNode shown, JsonNode told) {
        boolean same = shown.isNumber() && told.isNumber()
                ? Math.abs(shown.asDouble() - told.asDouble()) < CLOSE
                : shown.equals(told);
        return same ? 0 : 1;
    }
}
