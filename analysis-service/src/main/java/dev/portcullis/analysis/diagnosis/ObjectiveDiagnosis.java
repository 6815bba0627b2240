package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
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
    private final List<Seen> seen = new ArrayList<>();
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
    void begin(Round round) {
        String source = objective.indicator().source();
        // Of a source that fails in between nothing is kept: half of it would mislead.
        round.ask(source, this::firstFindings).ifPresentOrElse(findings::addAll, seen::clear);
    }

    private List<Finding> firstFindings(Snapshot snapshot) {
        List<Finding> found = new ArrayList<>();
        for (Query query : queries) {
            Seen one = Seen.of(query, snapshot);
            seen.add(one);
            tooMany(one).ifPresent(found::add);
            found.addAll(one.isEmpty() ? EmptyQuery.explain(query, snapshot) : QuerySigns.of(one, service.armLabel()));
        }
        if (found.stream().anyMatch(ObjectiveDiagnosis::spoils)) {
            return found;
        }
        switch (objective.indicator()) {
            case RatioIndicator ratio -> found.addAll(ofRatio(seen.getFirst(), seen.getLast()));
            case LatencyIndicator latency -> found.addAll(ofLatency(latency, seen.getFirst()));
        }
        stable.flatMap(counts ->
                        StableVersion.check(queries.getLast().subject(), objective, service.settings(), counts))
                .ifPresent(found::add);
        return found;
    }

    /** Whether nothing is to be concluded from what was counted. */
    private static boolean spoils(Finding finding) {
        return finding.kind() == FindingKind.UNCOUNTABLE || finding.kind() == FindingKind.SEVERAL_PROCESSES;
    }

    private Optional<Finding> tooMany(Seen one) {
        SourceInspection inspection = sources.get(one.query().source());
        OptionalInt most = inspection == null ? OptionalInt.empty() : inspection.mostSeries();
        return most.isEmpty()
                ? Optional.empty()
                : QuerySigns.ofNumber(one.query(), one.inspection().count(), most.getAsInt());
    }

    /** Where there were no bad requests, nothing is wrong with the version that runs now. */
    private List<Finding> ofRatio(Seen part, Seen total) {
        if (total.isEmpty() || part.isEmpty()) {
            return List.of();
        }
        stable = Optional.of(StableCounts.ofRatio(part, total));
        return PodSets.check(part.query(), part.samples(), total.query(), total.samples());
    }

    private List<Finding> ofLatency(LatencyIndicator latency, Seen histogram) {
        if (histogram.isEmpty()) {
            return List.of();
        }
        Optional<Finding> buckets = BucketBounds.check(histogram.query(), latency.threshold(), histogram.samples());
        if (buckets.filter(finding -> finding.gravity() == Gravity.FAULT).isEmpty()) {
            stable = StableCounts.ofLatency(latency, histogram);
        }
        return buckets.stream().toList();
    }

    /** Whether a second look would tell more. */
    boolean needsSecondLook() {
        return seen.stream().anyMatch(one -> !one.isEmpty() && one.past().isEmpty());
    }

    /** The second look. */
    void end(Round second, Duration time) {
        for (Seen one : seen) {
            if (!one.isEmpty() && one.past().isEmpty()) {
                second.ask(
                                one.query().source(),
                                snapshot -> snapshot.inspect(one.query().selector()))
                        .ifPresent(later -> compare(one, later, time));
            }
        }
    }

    /** A look soon after the second one. */
    void endAgain(Round round) {
        for (Seen one : seen) {
            List<List<Sample>> ofQuery = looks.get(one.query());
            if (ofQuery != null) {
                round.ask(
                                one.query().source(),
                                snapshot -> snapshot.inspect(one.query().selector()))
                        .ifPresent(later -> ofQuery.add(later.samples()));
            }
        }
    }

    /** After the last look. */
    void concludeLooks() {
        List<Finding> several = looks.entrySet().stream()
                .flatMap(ofQuery -> Falls.among(ofQuery.getKey(), ofQuery.getValue()).stream())
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

    private void compare(Seen one, Inspection later, Duration time) {
        looks.put(one.query(), new ArrayList<>(List.of(one.samples(), later.samples())));
        if (findings.stream().noneMatch(ObjectiveDiagnosis::spoils)) {
            Uncountable.check(one.query(), later.samples(), service.armLabel()).ifPresent(findings::add);
        }
        if (findings.stream().noneMatch(f -> f.kind() == FindingKind.NOT_A_COUNTER)) {
            Falls.between(one.query(), one.samples(), later.samples()).ifPresent(findings::add);
        }
        if (one.query().equals(queries.getLast())) {
            rate = OptionalDouble.of(Rate.between(one.samples(), later.samples(), time));
        }
    }

    /** Requests per second; empty when they could not be read. */
    OptionalDouble rate() {
        if (findings.stream().anyMatch(ObjectiveDiagnosis::spoils)) {
            return OptionalDouble.empty();
        }
        if (rate.isPresent() || seen.isEmpty() || seen.getLast().past().isEmpty()) {
            return rate;
        }
        if (stable.isEmpty() && objective.indicator() instanceof LatencyIndicator) {
            return OptionalDouble.empty();
        }
        double total = stable.map(StableCounts::total)
                .orElseGet(() -> seen.getLast().past().map(Past::increase).orElse(0.0));
        return OptionalDouble.of(total / StableCounts.LOOK_BACK.toSeconds());
    }

    /** Of bad requests; 0 when there was none or none could be read. */
    double ratio() {
        return stable.map(StableCounts::ratio).orElse(0.0);
    }

    String name() {
        return objective.name();
    }

    /** What was found; of an objective that decides nothing warnings at most. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (all.stream().noneMatch(finding -> finding.gravity() == Gravity.FAULT) && !seen.isEmpty()) {
            all.add(QuerySigns.measurable(seen.getLast(), service.armLabel(), rate()));
        }
        return objective.severity() == Severity.INFORMATIONAL
                ? all.stream().map(Finding::lessened).toList()
                : all;
    }
}
