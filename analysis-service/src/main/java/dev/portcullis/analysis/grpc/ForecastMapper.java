package dev.portcullis.analysis.grpc;

import com.google.protobuf.Duration;
import dev.portcullis.analysis.judge.TestKind;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Forecast;
import dev.portcullis.proto.analysis.v1.TrafficShortage;

/** What is to be expected of an undecided analysis, as messages. */
final class ForecastMapper {
    private static final double LONGEST_FORECAST = 1e9;

    private ForecastMapper() {}

    static void add(Analysis.Builder message, AnalysisRun run) {
        addForecast(message, run);
        addShortage(message, run);
    }

    private static void addShortage(Analysis.Builder message, AnalysisRun run) {
        var shortage = run.assessment().shortage();
        if (shortage == null) {
            return;
        }
        var told = TrafficShortage.newBuilder()
                .setSlo(shortage.objective())
                .setAgainstBaseline(shortage.kind() == TestKind.BASELINE)
                .setComingRequests(shortage.coming());
        shortage.needed().ifPresent(told::setNeededRequests);
        message.setShortage(told);
    }

    private static void addForecast(Analysis.Builder message, AnalysisRun run) {
        var pace = run.assessment().pace();
        // A score is not forecast by the evidence beside it.
        if (!run.isRunning()
                || run.assessment().score() != null
                || pace.windows() == 0
                || run.judgement().verdict() != Verdict.CONTINUE) {
            return;
        }
        var forecast = Forecast.newBuilder().setWindows(pace.windows());
        var window = run.plan().settings().timing().window();
        pace.windowsToPass(run.judgement()).ifPresent(left -> forecast.setTimeToPass(times(window, left)));
        pace.windowsToFail(run.judgement()).ifPresent(left -> forecast.setTimeToFail(times(window, left)));
        message.setForecast(forecast);
    }

    /** Rounded to seconds, and held within what a duration can be. */
    private static Duration times(java.time.Duration window, double count) {
        var seconds = Math.min(window.toMillis() / 1000.0 * count, LONGEST_FORECAST);
        return Duration.newBuilder().setSeconds(Math.round(seconds)).build();
    }
}
