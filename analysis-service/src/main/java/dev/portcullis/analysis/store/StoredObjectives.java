package dev.portcullis.analysis.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.util.List;
import java.util.Optional;

/** The form of a service's objectives in analysis.plan. */
record StoredObjectives(
        String service,
        String armLabel,
        StoredBaselineChoice baseline,
        List<StoredObjective> objectives,
        StoredSettings settings) {
    /** A baseline choice. */
    record StoredBaselineChoice(BaselineChoice.Kind kind, Optional<String> label, Optional<String> value) {
        private static StoredBaselineChoice of(BaselineChoice choice) {
            return new StoredBaselineChoice(
                    choice.kind(), Optional.ofNullable(choice.label()), Optional.ofNullable(choice.value()));
        }

        private BaselineChoice choice() {
            return new BaselineChoice(kind, label.orElse(null), value.orElse(null));
        }
    }

    /** An objective. */
    record StoredObjective(String name, double target, Severity severity, StoredIndicator indicator) {
        private static StoredObjective of(Objective objective) {
            return new StoredObjective(
                    objective.name(),
                    objective.target(),
                    objective.severity(),
                    StoredIndicator.of(objective.indicator()));
        }

        private Objective objective() {
            return new Objective(name, target, severity, indicator.indicator());
        }
    }

    /** An indicator; {@code kind} tells which. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = StoredRatio.class, name = "ratio"),
        @JsonSubTypes.Type(value = StoredLatency.class, name = "latency")
    })
    sealed interface StoredIndicator {
        private static StoredIndicator of(Indicator indicator) {
            return switch (indicator) {
                case RatioIndicator ratio ->
                    new StoredRatio(
                            ratio.source(),
                            Optional.ofNullable(ratio.good()).map(Selector::render),
                            Optional.ofNullable(ratio.bad()).map(Selector::render),
                            ratio.total().render());
                case LatencyIndicator latency ->
                    new StoredLatency(latency.source(), latency.histogram().render(), latency.threshold());
            };
        }

        Indicator indicator();
    }

    /** A ratio of requests. */
    record StoredRatio(String source, Optional<String> good, Optional<String> bad, String total)
            implements StoredIndicator {
        @Override
        public Indicator indicator() {
            return new RatioIndicator(source, good.orElse(null), bad.orElse(null), total);
        }
    }

    /** A latency. */
    record StoredLatency(String source, String histogram, double threshold) implements StoredIndicator {
        @Override
        public Indicator indicator() {
            return new LatencyIndicator(source, histogram, threshold);
        }
    }

    static StoredObjectives of(ServiceObjectives service) {
        return new StoredObjectives(
                service.service(),
                service.armLabel(),
                StoredBaselineChoice.of(service.baseline()),
                Elements.of(service.objectives(), StoredObjective::of),
                StoredSettings.of(service.settings()));
    }

    ServiceObjectives objectivesOfService() {
        return new ServiceObjectives(
                service,
                armLabel,
                baseline.choice(),
                Elements.of(objectives, StoredObjective::objective),
                settings.settings());
    }
}
