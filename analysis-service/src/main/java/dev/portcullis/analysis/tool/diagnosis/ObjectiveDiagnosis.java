package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What is found of one objective: in a first look, and where a source keeps no history in a second one. Not thread-safe. */
final class ObjectiveDiagnosis {
    private final ServiceObjectives service;
    private final Objective objective;
    private final Map<String, SourceInspection> sources;
    private final List<Query> queries;
    private final List<QueryInspection> seen = new ArrayList<>();
    private final Map<Query, List<List<Sample>>> looks = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<StableCounts> stable = Optional.empty();
    private OptionalDouble rate = OptionalDouble.empty();

    ObjectiveDiagnosis(ServiceObjectives service, Objective objective, Map<String, SourceInspection> sources) {
        this.service = service;
        this.sources = sources;
        this.objective = objective;
        this.queries = Query.of(service.service(), objective);
    }

    /** The first look. */
    void begin(SourceSnapshots snapshots) {
        String source = objective.indicator().source();
        // Of a source that fails in between nothing is kept: half of it would mislead.
        snapshots.ask(source, this::firstFindings).ifPresentOrElse(findings::addAll, this::forget);
    }

    private void forget() {
        seen.clear();
        stable = Optional.empty();
        rate = OptionalDouble.empty();
    }

    /** Takes a step of the look; an error in it is told, and ends this look and no other. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            forget();
            findings.clear();
            findings.add(Diagnosis.failed(queries.getLast().subject(), e));
        }
    }

    private List<Finding> firstFindings(SourceSnapshot snapshot) {
        List<Finding> found = new ArrayList<>();
        for (Query query : queries) {
            QueryInspection one = QueryInspection.of(query, service.armLabel(), snapshot);
            seen.add(one);
            tooMany(one).ifPresent(found::add);
            found.addAll(
                    one.isEmpty() ? EmptyQueryCheck.explain(query, snapshot) : QueryCheck.of(one, service.armLabel()));
        }
        if (found.stream().anyMatch(ObjectiveDiagnosis::spoils)) {
            return found;
        }
        switch (objective.indicator()) {
            case RatioIndicator ratio -> found.addAll(ofRatio(seen.getFirst(), seen.getLast()));
            case LatencyIndicator latency -> found.addAll(ofLatency(latency, seen.getFirst()));
        }
        stable.map(counts ->
                        StableVersionCheck.check(queries.getLast().subject(), objective, service.settings(), counts))
                .ifPresent(found::addAll);
        return found;
    }

    /** Whether nothing is to be concluded from what was counted. */
    private static boolean spoils(Finding finding) {
        return switch (finding.kind()) {
            case UNCOUNTABLE, SEVERAL_PROCESSES, LOOK_FAILED -> true;
            default -> false;
        };
    }

    private Optional<Finding> tooMany(QueryInspection one) {
        SourceInspection inspection = sources.get(one.query().source());
        OptionalInt most = inspection == null ? OptionalInt.empty() : inspection.mostSeries();
        return most.isEmpty()
                ? Optional.empty()
                : QueryCheck.ofNumber(one.query(), one.series().count(), most.getAsInt());
    }

    /** Where there were no bad requests, nothing is wrong with the version that runs now. */
    private List<Finding> ofRatio(QueryInspection part, QueryInspection total) {
        rate = rate(total.history());
        if (total.isEmpty() || part.isEmpty()) {
            return List.of();
        }
        stable = StableCounts.ofRatio(part, total);
        List<Finding> found =
                new ArrayList<>(PodSetCheck.check(part.query(), part.samples(), total.query(), total.samples()));
        ArmLabelCheck.checkPart(part, total, service.armLabel()).ifPresent(found::add);
        return found;
    }

    private List<Finding> ofLatency(LatencyIndicator latency, QueryInspection histogram) {
        if (histogram.isEmpty()) {
            return List.of();
        }
        Optional<Finding> buckets = BucketBounds.check(histogram.query(), latency.threshold(), histogram.samples());
        if (buckets.filter(finding -> finding.severity() == FindingSeverity.FAULT)
                .isEmpty()) {
            stable = StableCounts.ofLatency(latency, histogram);
            rate = stable.isEmpty() || histogram.history().isEmpty()
                    ? OptionalDouble.empty()
                    : rate(histogram.pastOf(histogram.query().selector().with(BucketBounds.ALL)));
        }
        return buckets.stream().toList();
    }

    /** Whether a second look would tell more. */
    boolean needsSecondLook() {
        return seen.stream().anyMatch(one -> !one.isEmpty() && one.history().isEmpty());
    }

    /** The second look. */
    void end(SourceSnapshots second) {
        for (QueryInspection one : seen) {
            if (!one.isEmpty() && one.history().isEmpty()) {
                second.ask(
                                one.query().source(),
                                snapshot -> snapshot.inspect(one.query().selector()))
                        .ifPresent(later -> compare(one, later));
            }
        }
    }

    /** A look soon after the second one. */
    void endAgain(SourceSnapshots snapshots) {
        for (QueryInspection one : seen) {
            List<List<Sample>> ofQuery = looks.get(one.query());
            if (ofQuery != null) {
                snapshots
                        .ask(
                                one.query().source(),
                                snapshot -> snapshot.inspect(one.query().selector()))
                        .ifPresent(later -> ofQuery.add(later.samples()));
            }
        }
    }

    /** After the last look. */
    void concludeLooks() {
        List<Finding> several = looks.entrySet().stream()
                .flatMap(ofQuery -> CounterResetCheck.among(ofQuery.getKey(), ofQuery.getValue()).stream())
                .limit(1)
                .toList();
        if (!several.isEmpty()) {
            findings.removeIf(finding -> finding.kind() == FindingKind.NOT_A_COUNTER);
            findings.addAll(several);
        }
        if (findings.stream().anyMatch(ObjectiveDiagnosis::spoils)) {
            stable = Optional.empty();
        }
    }

    private void compare(QueryInspection one, SelectedSeries later) {
        looks.put(one.query(), new ArrayList<>(List.of(one.samples(), later.samples())));
        if (findings.stream().noneMatch(ObjectiveDiagnosis::spoils)) {
            UncountableCheck.check(one.query(), later.samples(), service.armLabel())
                    .ifPresent(findings::add);
        }
        if (findings.stream().noneMatch(f -> f.kind() == FindingKind.NOT_A_COUNTER)) {
            CounterResetCheck.between(one.query(), one.samples(), later.samples())
                    .ifPresent(findings::add);
        }
        // What no release has is of no use to a canary.
        if (one.query().equals(queries.getLast()) && !one.timedInReleases(later).isEmpty()) {
            rate = Rate.between(one.timedInReleases(one.series()), one.timedInReleases(later));
        }
    }

    /** Requests per second of all versions together; empty when they could not be read. */
    OptionalDouble rate() {
        if (findings.stream().anyMatch(ObjectiveDiagnosis::spoils)) {
            return OptionalDouble.empty();
        }
        return rate;
    }

    private static OptionalDouble rate(Optional<SeriesHistory> history) {
        return history.filter(known -> !known.increases().isEmpty()).stream()
                .mapToDouble(SeriesHistory::perSecond)
                .findFirst();
    }

    /** The ratio of bad requests to all of the version taken for the stable one; 0 when there was none or none could be read. */
    double ratio() {
        return stable.map(counts -> counts.stable().ratio()).orElse(0.0);
    }

    String name() {
        return objective.name();
    }

    /** What was found; of an objective that decides nothing warnings at most. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (all.stream().noneMatch(finding -> finding.severity() == FindingSeverity.FAULT) && !seen.isEmpty()) {
            all.add(QueryCheck.measurable(seen.getLast(), service.armLabel(), rate()));
        }
        return objective.severity() == Severity.INFORMATIONAL
                ? all.stream().map(Finding::lessened).toList()
                : all;
    }
}
