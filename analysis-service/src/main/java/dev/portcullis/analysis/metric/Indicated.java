package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.util.List;
import java.util.Objects;

/** An objective's two counters, with their queries parsed. */
record Indicated(String name, Counted counted, Selector part, Selector total) {
    static Indicated of(Objective objective) {
        RatioIndicator indicator = objective.indicator();
        Counted counted = indicator.good() == null ? Counted.BAD : Counted.GOOD;
        String part = Objects.requireNonNull(counted == Counted.GOOD ? indicator.good() : indicator.bad());
        return new Indicated(objective.name(), counted, Selector.parse(part), Selector.parse(indicator.total()));
    }

    List<Selector> selectors() {
        return List.of(part, total);
    }
}
