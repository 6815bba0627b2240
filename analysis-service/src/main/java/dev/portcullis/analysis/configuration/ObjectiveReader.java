package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the {@code objectives} of one policy, each of which names an SLO. */
final class ObjectiveReader {
    /** The key that names the SLO. */
    static final String SLO = "slo";

    private static final List<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(s -> s.name().toLowerCase(Locale.ROOT))
            .toList();

    private final String service;
    private final Map<String, DeclaredSlo> slos;
    private final Optional<CanaryLimits> limits;
    private final Set<String> seen = new HashSet<>();

    /**
     * For the objectives of one policy.
     *
     * @param service the policy's service; empty after a fault
     * @param limits what they have to fit to; empty when no test against limits is made
     */
    ObjectiveReader(String service, Map<String, DeclaredSlo> slos, Optional<CanaryLimits> limits) {
        this.service = service;
        this.slos = slos;
        this.limits = limits;
    }

    /** One objective; empty after a fault. */
    Optional<Objective> read(YamlMapping entry) {
        entry.describe(SLO, "", "an SLO of the service");
        String usual = Severity.MAJOR.name().toLowerCase(Locale.ROOT);
        Severity severity =
                Severity.valueOf(entry.choice("severity", usual, SEVERITIES).toUpperCase(Locale.ROOT));
        String given = entry.text(SLO);
        entry.rejectUnknown();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (slos.isEmpty()) {
            entry.fault(SLO, entry.path(SLO) + " is '" + given + "', but the folder has no document of kind SLO");
            return Optional.empty();
        }
        Optional<String> name =
                entry.choice(SLO, slos.keySet().stream().sorted().toList());
        if (name.isPresent() && !seen.add(name.get())) {
            entry.fault(SLO, entry.path(SLO) + " is '" + name.get() + "' a second time; keep one");
            return Optional.empty();
        }
        Optional<Objective> objective = name.flatMap(known -> objective(entry, known, severity));
        objective.ifPresent(o -> limits.ifPresent(l -> LimitCheck.check(entry, o, l)));
        return objective;
    }

    private Optional<Objective> objective(YamlMapping entry, String name, Severity severity) {
        DeclaredSlo slo = slos.get(name);
        if (slo == null) {
            return Optional.empty();
        }
        if (!service.isEmpty() && !slo.service().isEmpty() && !slo.service().equals(service)) {
            entry.fault(
                    SLO,
                    entry.path(SLO) + " is '" + name + "', an SLO of service '" + slo.service() + "' (" + slo.place()
                            + "), but the policy is for '" + service + "'; legal: an SLO of the same service");
            return Optional.empty();
        }
        Optional<Indicator> indicator = slo.indicator();
        OptionalDouble target = slo.requestTarget();
        if (indicator.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Objective(name, target.getAsDouble(), severity, indicator.get()));
    }
}
