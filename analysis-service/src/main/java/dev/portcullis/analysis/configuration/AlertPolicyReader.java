package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Optional;

/** Reads the spec of an AlertPolicy: one condition, and targets of which only the names are checked. */
final class AlertPolicyReader {
    private static final String BREACHING = "alertWhenBreaching";
    private static final String CONDITIONS = "conditions";

    private final ReferenceReader conditions;
    private final ReferenceReader targets;

    AlertPolicyReader(List<ConfigurationDocument> documents) {
        this.conditions = ReferenceReader.of("conditionRef", "AlertCondition", documents);
        this.targets = ReferenceReader.of("targetRef", "AlertNotificationTarget", documents);
        conditions.specs().values().forEach(AlertConditionReader::read);
        targets.specs().values().forEach(AlertPolicyReader::checkTarget);
    }

    /** The row that its condition is; empty after a fault. */
    Optional<BurnRateRow> read(YamlMapping spec) {
        spec.optionalText("description");
        // Prometheus tells Alertmanager of both by itself, and Alertmanager decides what becomes of them.
        spec.flag("alertWhenResolved");
        spec.flag("alertWhenNoData");
        checkBreaching(spec);
        for (YamlMapping target : spec.mappings("notificationTargets")) {
            targets.spec(target).ifPresent(AlertPolicyReader::checkTarget);
        }
        Optional<BurnRateRow> row = condition(spec);
        spec.rejectUnknown();
        return row;
    }

    private Optional<BurnRateRow> condition(YamlMapping spec) {
        spec.describe(CONDITIONS, KeyDescription.REQUIRED, "exactly one");
        List<YamlMapping> entries = spec.mappings(CONDITIONS);
        if (entries.size() != 1) {
            spec.fault(
                    CONDITIONS,
                    spec.path(CONDITIONS) + " has " + entries.size()
                            + " usable entries; legal: exactly one, and an AlertPolicy for each further one");
            return Optional.empty();
        }
        return conditions.spec(entries.getFirst()).flatMap(AlertConditionReader::read);
    }

    private static void checkBreaching(YamlMapping spec) {
        spec.describe(BREACHING, KeyDescription.REQUIRED, "true");
        Optional<Boolean> breaching = spec.flag(BREACHING);
        if (!spec.has(BREACHING) || breaching.filter(told -> !told).isPresent()) {
            spec.fault(
                    BREACHING,
                    spec.path(BREACHING) + " is " + (spec.has(BREACHING) ? "false" : "missing")
                            + ", so nobody would be alerted to a burn; legal: true, or leave the policy out");
        }
    }

    private static void checkTarget(YamlMapping spec) {
        spec.text("target");
        spec.optionalText("description");
        spec.rejectUnknown();
    }
}
