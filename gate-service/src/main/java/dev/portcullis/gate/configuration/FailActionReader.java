package dev.portcullis.gate.configuration;

import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.policy.FailAction;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.EnumMap;
import java.util.Map;

/** The reader of {@code gate.onFail}. Stateless. */
final class FailActionReader {
    private static final String TOLD = String.join(", ", FailAction.words())
            + " (what is only to be shown has the severity informational in objectives)";

    private FailActionReader() {}

    /** What a FAIL does by a policy; of no use when a fault was recorded. */
    static FailActions read(YamlMapping gate) {
        var onFail = gate.optionalMapping("onFail");
        Map<Severity, FailAction> actions = new EnumMap<>(Severity.class);
        for (var severity : Severity.values()) {
            onFail.describe(severity.word(), FailAction.ABORT.word(), "");
            onFail.choice(severity.word(), FailAction.words(), TOLD)
                    .ifPresent(word -> actions.put(severity, FailAction.of(word)));
        }
        onFail.rejectUnknown();
        return new FailActions(actions);
    }
}
