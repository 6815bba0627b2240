package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.console.chart.Figure;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.EvidencePoint;
import dev.portcullis.gate.evidence.Forecast;
import dev.portcullis.gate.evidence.ObjectivePoint;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.evidence.TrafficShortage;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would change what the evidence says: the forecast and the shortage of analysis-service in words. A pure function of the analysis. */
final class Outlook {
    private final AnalysisDetail detail;
    private final String slo;

    /** @param slo whose requests are told */
    Outlook(AnalysisDetail detail, String slo) {
        this.detail = detail;
        this.slo = slo;
    }

    /** A sentence or two for each thing that may come. */
    List<String> sentences() {
        if (detail.report().verdict() == Verdict.FAIL) {
            return List.of("A FAIL is final for this release; another run of it, or a new release, is judged anew.");
        }
        if (detail.report().ended()) {
            return List.of("The analysis has ended, so no further request changes what it says.");
        }
        List<String> sentences = new ArrayList<>();
        var decides = detail.report().judge() == Judge.SEQUENTIAL;
        sentences.add(decides ? abort() : "The Mann-Whitney score decides at its looks; the evidence decides nothing.");
        if (detail.report().verdict() != Verdict.PASS) {
            if (decides) {
                sentences.add(promote());
            }
            sentences.add("Undecided at its deadline, "
                    + EvidenceText.time(detail.report().deadline())
                    + ", the analysis ends as INCONCLUSIVE, which says nothing against the canary.");
        }
        return sentences;
    }

    private String abort() {
        var threshold = Figure.odds(detail.evidence().failThreshold());
        return "Abort, at " + threshold + ": "
                + forecast()
                        .map(forecast -> inTime(forecast.toFail())
                                .map(time -> "if it goes on as in the last " + windows(forecast) + ", in about "
                                        + DurationText.rounded(time) + requests(forecast, time, true))
                                .orElse(slow(forecast, forecast.toFail(), "against")))
                        .orElse("not foreseen while there is no pace to go by")
                + ".";
    }

    private String promote() {
        var evidence = detail.evidence();
        var threshold = "Promote, at " + Figure.odds(evidence.passThreshold()) + ": ";
        if (evidence.fail() >= evidence.failThreshold() / 2) {
            return threshold + "not while the evidence against the canary is "
                    + Figure.odds(evidence.failThreshold() / 2) + " or more.";
        }
        if (evidence.pass() >= evidence.passThreshold()) {
            return threshold + "the evidence is there; what is still missing is the bake time.";
        }
        return threshold + detail.shortage().map(Outlook::shortage).orElseGet(this::paceToPass) + ".";
    }

    private String paceToPass() {
        return forecast()
                .map(forecast -> inTime(forecast.toPass())
                        .map(time -> "if it goes on as in the last " + windows(forecast) + ", in about "
                                + DurationText.rounded(time) + requests(forecast, time, false))
                        .orElse(slow(forecast, forecast.toPass(), "for")))
                .orElse("not foreseen while there is no pace to go by");
    }

    /** A time after the deadline never comes. */
    private Optional<Duration> inTime(Optional<Duration> time) {
        var now = detail.history().isEmpty()
                ? detail.begin()
                : detail.history().getLast().time();
        return time.filter(
                known -> known.compareTo(Duration.between(now, detail.report().deadline())) <= 0);
    }

    private static String slow(Forecast forecast, Optional<Duration> time, String direction) {
        return "in the last " + windows(forecast) + " the evidence " + direction + " the canary "
                + (time.isPresent() ? "grew too slowly to be enough before the deadline" : "did not grow");
    }

    private static String shortage(TrafficShortage shortage) {
        return "the traffic is too little; " + shortage.slo()
                + (shortage.againstBaseline() ? ", beside the stable version," : "")
                + (shortage.needed().isPresent()
                        ? " needs about " + EvidenceText.about(shortage.needed().getAsDouble())
                                + " canary requests of which none fails, and about "
                                + EvidenceText.about(shortage.coming()) + " come before the deadline"
                        : " cannot be shown to be good enough by any number of requests");
    }

    private Optional<Forecast> forecast() {
        return detail.forecast();
    }

    private static String windows(Forecast forecast) {
        return NumberText.counted(forecast.windows(), "window");
    }

    /** What comes in that time at the pace of the forecast. */
    private String requests(Forecast forecast, Duration time, boolean bad) {
        var windows = Math.ceilDiv(time.toMillis(), Math.max(1, detail.window().toMillis()));
        var number = " (" + NumberText.counted(windows, "window");
        return perWindow(forecast)
                .map(pace -> bad ? pace.bad() : pace.total())
                .filter(pace -> pace > 0)
                .map(pace -> number + ", about " + EvidenceText.about(Math.max(1, Math.ceil(pace * windows)))
                        + (bad ? " more bad requests of " : " more requests of ") + slo + ")")
                .orElse(number + ")");
    }

    /** The canary's requests in a window, on average over those that the forecast was made of. */
    private Optional<RequestCount> perWindow(Forecast forecast) {
        if (detail.history().size() < 2) {
            return Optional.empty();
        }
        var last = detail.history().getLast();
        var first = detail.history().stream()
                .filter(point -> point.window() <= last.window() - forecast.windows())
                .reduce((earlier, later) -> later)
                .orElse(detail.history().getFirst());
        var windows = last.window() - first.window();
        return windows == 0
                ? Optional.empty()
                : count(last).flatMap(to -> count(first)
                        .map(from -> new RequestCount(
                                (to.bad() - from.bad()) / windows, (to.total() - from.total()) / windows)));
    }

    private Optional<RequestCount> count(EvidencePoint point) {
        return point.objectives().stream()
                .filter(objective -> objective.slo().equals(slo))
                .map(ObjectivePoint::canary)
                .findFirst();
    }
}
