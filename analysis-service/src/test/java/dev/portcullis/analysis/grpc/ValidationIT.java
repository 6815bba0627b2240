package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.BaselineTest;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Form;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.HistogramCounts;
import dev.portcullis.proto.analysis.v1.HistogramWindow;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.SloTest;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each field that can be wrong, wrong: the error names it. */
final class ValidationIT {
    private static AnalysisFixture fixture;

    @BeforeAll
    static void open(@TempDir Path folder) {
        fixture = new AnalysisFixture(folder);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static Recovery.Builder within(long seconds, int nanos) {
        return Recovery.newBuilder()
                .setWithin(Duration.newBuilder().setSeconds(seconds).setNanos(nanos));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldOfARequestIsNamed() {
        return Stream.of(
                start("service", r -> r.clearService()),
                start("service", r -> r.setService(" ")),
                start("service", r -> r.setService("a\nb")),
                start("canary", r -> r.clearCanary()),
                start("canary", r -> r.setCanary("c".repeat(254))),
                start("canary", r -> r.setCanary("\0")),
                start("baseline", r -> r.setBaseline("new")),
                start("baseline", r -> r.setBaseline("\t")),
                start("baseline", r -> r.setBaseline(" ")),
                start("baseline", r -> r.setBaseline("old ")),
                start("baseline", r -> r.setBaseline("{{args.stable}}")),
                start("canary", r -> r.setCanary("${CANARY}")),
                start("canary", r -> r.setCanary("\u00a0new")),
                start("service", r -> r.setService("<no value>")),
                start("request_id", r -> r.setRequestId("1")),
                start("baseline", r -> r.setRecovery(within(60, 0))),
                start("recovery.within", r -> r.clearBaseline().setRecovery(Recovery.newBuilder())),
                start("recovery.within", r -> r.clearBaseline().setRecovery(within(59, 999_999_999))),
                start("recovery.within", r -> r.clearBaseline().setRecovery(within(21_600, 1))),
                start("recovery.within", r -> r.clearBaseline().setRecovery(within(-60, 0))),
                start("recovery.within", r -> r.clearBaseline().setRecovery(within(Long.MAX_VALUE, Integer.MAX_VALUE))),
                start("request_id", r -> r.setRequestId("8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d1g")),
                call("name", s -> s.getAnalysis(GetAnalysisRequest.getDefaultInstance())),
                call(
                        "name",
                        s -> s.getAnalysis(GetAnalysisRequest.newBuilder()
                                .setName("analyses/7")
                                .build())),
                call("name", s -> s.watchAnalysis(WatchAnalysisRequest.newBuilder()
                                .setName("releases/x")
                                .build())
                        .next()),
                cancel("name", r -> r.setName("analyses/")),
                cancel("reason", r -> r.clearReason()),
                cancel("reason", r -> r.setReason("  ")),
                cancel("reason", r -> r.setReason("r".repeat(1_001))),
                list("page_size", r -> r.setPageSize(-1)),
                list("page_size", r -> r.setPageSize(201)),
                list("page_token", r -> r.setPageToken("?")),
                list("page_token", r -> r.setPageToken("AAAA")),
                list("page_token", r -> r.setPageToken("OTk5OTk5OTk5OTk5OTk5OTk5OTk5fHh8")),
                list("state", r -> r.setStateValue(9)),
                list("purpose", r -> r.setPurposeValue(9)),
                list("service", r -> r.setService("s".repeat(300))));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldOfCountsToScoreIsNamed() {
        return Stream.of(
                score("alpha", r -> r.setAlpha(0.7)),
                score("alpha", r -> r.clearAlpha()),
                score("alpha", r -> r.setAlpha(Double.NaN)),
                score("beta", r -> r.setBeta(0.5)),
                score("planned_windows", r -> r.setPlannedWindows(-1)),
                score("planned_windows", r -> r.setPlannedWindows(100_001)),
                score("min_fail_windows", r -> r.setMinFailWindows(-1)),
                score("slo", r -> r.clearSlo().clearBaseline()),
                slo("slo.fail_ratio", t -> t.clearFailRatio()),
                slo("slo.fail_ratio", t -> t.setFailRatio(0.95)),
                slo("slo.pass_ratio", t -> t.setPassRatio(0.0005)),
                slo("slo.pass_ratio", t -> t.setPassRatio(Double.POSITIVE_INFINITY)),
                slo("slo.fail_form", t -> t.setFailFormValue(7)),
                slo("slo.pass_form", t -> t.setPassForm(Form.VOTE)),
                slo("slo.pass_form", t -> t.setPassFormValue(7)),
                slo("slo.cluster_size", t -> t.setClusterSize(0.5)),
                slo("slo.cluster_size", t -> t.setClusterSize(-1)),
                baseline("baseline.fail_factor", t -> t.clearFailFactor()),
                baseline("baseline.fail_margin", t -> t.setFailMargin(-0.1)),
                baseline("baseline.pass_factor", t -> t.setPassFactor(0.5)),
                baseline(
                        "baseline.pass_margin",
                        t -> t.setPassFactor(2).setFailMargin(0.2).setPassMargin(0.1)),
                baseline(
                        "baseline.pass_form",
                        t -> t.setPassFactor(2).setPassMargin(0.1).setPassForm(Form.VOTE)),
                baseline("baseline.fail_form", t -> t.setFailFormValue(7)),
                baseline("baseline.cluster_size", t -> t.setClusterSize(2e6)),
                score("windows", r -> r.clearWindows()),
                score("windows[1].canary", r -> r.addWindows(ArmCounts.getDefaultInstance())),
                score("windows[1].canary.bad", r -> r.addWindows(window(5, 4, 0, 0))),
                score("windows[1].canary.bad", r -> r.addWindows(window(-1, 4, 0, 0))),
                score("windows[1].canary.total", r -> r.addWindows(window(0, Double.NaN, 0, 0))),
                score("windows[1].baseline.total", r -> r.addWindows(window(0, 1, 0, Double.POSITIVE_INFINITY))),
                score("windows[1].baseline.bad", r -> r.addWindows(window(0, 1, 3, 2))),
                score("slo_boundary", r -> r.setSloBoundary(1)));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldOfLatenciesToScoreIsNamed() {
        return Stream.of(
                latencies("histogram_windows", r -> r.addWindows(window(0, 1, 0, 1))),
                latencies("slo_boundary", r -> r.setSloBoundary(2)),
                latencies("slo_boundary", r -> r.setSloBoundary(-1)),
                latencies(
                        "histogram_windows[0].canary.cumulative",
                        r -> r.setHistogramWindows(0, latencies(new double[] {5}, new double[] {5}))),
                latencies(
                        "histogram_windows[1].canary.cumulative",
                        r -> r.addHistogramWindows(latencies(new double[] {1, 2}, new double[] {1, 2, 3}))),
                latencies(
                        "histogram_windows[1].baseline.cumulative",
                        r -> r.addHistogramWindows(latencies(new double[] {1, 2, 3}, new double[] {1, 2}))),
                latencies(
                        "histogram_windows[1].canary.cumulative[1]",
                        r -> r.addHistogramWindows(latencies(new double[] {2, 1, 3}, new double[] {1, 2, 3}))),
                latencies(
                        "histogram_windows[1].baseline.cumulative[2]",
                        r -> r.addHistogramWindows(latencies(new double[] {1, 2, 3}, new double[] {1, 2, Double.NaN}))),
                latencies(
                        "histogram_windows[1].canary.cumulative[0]",
                        r -> r.addHistogramWindows(latencies(new double[] {-1, 2, 3}, new double[] {1, 2, 3}))));
    }

    @Test
    void latenciesWithoutABaselineAreHeldAgainstTheLimitAtTheBoundaryNamed() {
        var request = request().clearWindows().clearBaseline().setSloBoundary(1);
        for (var i = 0; i < 20; i++) {
            request.addHistogramWindows(HistogramWindow.newBuilder()
                    .setCanary(HistogramCounts.newBuilder().addAllCumulative(List.of(100.0, 900.0, 1_000.0))));
        }
        var last = fixture.stub.scoreCounts(request.build()).getSteps(19);
        assertEquals(Verdict.FAIL, last.getVerdict());
        assertEquals(0, last.getBoundaryFailEvidenceCount());
    }

    private static DynamicTest latencies(String field, Consumer<ScoreCountsRequest.Builder> change) {
        return score(field, r -> {
            r.clearWindows().addHistogramWindows(latencies(new double[] {1, 2, 3}, new double[] {1, 2, 3}));
            change.accept(r);
        });
    }

    private static HistogramWindow latencies(double[] canary, double[] baseline) {
        return HistogramWindow.newBuilder()
                .setCanary(histogram(canary))
                .setBaseline(histogram(baseline))
                .build();
    }

    private static HistogramCounts histogram(double[] cumulative) {
        return HistogramCounts.newBuilder()
                .addAllCumulative(DoubleStream.of(cumulative).boxed().toList())
                .build();
    }

    @Test
    void theMessageSaysFieldValueAndLegalRange() {
        var message = Errors.expectInvalid(
                "alpha", () -> fixture.stub.scoreCounts(request().setAlpha(0.7).build()));
        assertEquals("alpha: is 0.7, must be in (0.0, 0.5)", message);
    }

    @Test
    void tooManyWindowsAreRefused() {
        var many = request();
        for (var i = 0; i < 100_001; i++) {
            many.addWindows(window(0, 1, 0, 0));
        }
        var message = Errors.expectInvalid("windows", () -> fixture.stub.scoreCounts(many.build()));
        assertTrue(message.contains("1 to 100000"), message);
    }

    @Test
    void asManyWindowsAsAllowedAreJudged() {
        var many = request().clearWindows();
        for (var i = 0; i < 100_000; i++) {
            many.addWindows(window(i % 7 == 0 ? 1 : 0, 750, i % 2, 6_750));
        }
        var answer = fixture.stub.withMaxInboundMessageSize(32 << 20).scoreCounts(many.build());
        assertEquals(100_000, answer.getStepsCount());
    }

    private static ScoreCountsRequest.Builder request() {
        return ScoreCountsRequest.newBuilder()
                .setAlpha(0.01)
                .setBeta(0.05)
                .setSlo(SloTest.newBuilder().setFailRatio(0.001))
                .setBaseline(BaselineTest.newBuilder().setFailFactor(1))
                .addWindows(window(0, 10, 0, 90));
    }

    private static ArmCounts window(double bad, double total, double baselineBad, double baselineTotal) {
        return ArmCounts.newBuilder()
                .setCanary(Counts.newBuilder().setBad(bad).setTotal(total))
                .setBaseline(Counts.newBuilder().setBad(baselineBad).setTotal(baselineTotal))
                .build();
    }

    private static DynamicTest call(String field, Consumer<AnalysisServiceBlockingStub> call) {
        return DynamicTest.dynamicTest(field, () -> Errors.expectInvalid(field, () -> call.accept(fixture.stub)));
    }

    private static DynamicTest start(String field, Consumer<StartAnalysisRequest.Builder> fault) {
        return call(
                field,
                s -> s.startAnalysis(with(AnalysisFixture.request(), fault).build()));
    }

    private static DynamicTest cancel(String field, Consumer<CancelAnalysisRequest.Builder> fault) {
        var request = CancelAnalysisRequest.newBuilder()
                .setName("analyses/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11")
                .setReason("because");
        return call(field, s -> s.cancelAnalysis(with(request, fault).build()));
    }

    private static DynamicTest list(String field, Consumer<ListAnalysesRequest.Builder> fault) {
        return call(
                field,
                s -> s.listAnalyses(
                        with(ListAnalysesRequest.newBuilder(), fault).build()));
    }

    private static DynamicTest score(String field, Consumer<ScoreCountsRequest.Builder> fault) {
        return call(field, s -> s.scoreCounts(with(request(), fault).build()));
    }

    private static DynamicTest slo(String field, Consumer<SloTest.Builder> fault) {
        return score(field, r -> fault.accept(r.getSloBuilder()));
    }

    private static DynamicTest baseline(String field, Consumer<BaselineTest.Builder> fault) {
        return score(field, r -> fault.accept(r.getBaselineBuilder()));
    }

    private static <T> T with(T request, Consumer<T> fault) {
        fault.accept(request);
        return request;
    }
}
