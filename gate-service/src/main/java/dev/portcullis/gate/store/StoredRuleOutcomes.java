package dev.portcullis.gate.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.kit.document.DocumentColumn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of what rules for promotions said, in decisions.rules. */
final class StoredRuleOutcomes {
    private static final DocumentColumn<List<RuleOutcome>> COLUMN = DocumentColumn.of(
            "decisions.rules",
            2,
            new TypeReference<List<StoredRuleOutcome>>() {},
            said -> said.stream().map(StoredRuleOutcome::of).toList(),
            stored -> stored.stream().map(StoredRuleOutcome::outcome).toList());

    private StoredRuleOutcomes() {}

    /** One rule. */
    record StoredRuleOutcome(String rule, String effect, String detail) {
        private static StoredRuleOutcome of(RuleOutcome said) {
            return new StoredRuleOutcome(said.rule(), said.effect().name(), said.detail());
        }

        private RuleOutcome outcome() {
            return new RuleOutcome(rule, RuleOutcome.Effect.valueOf(effect), detail);
        }
    }

    /** Nothing is stored where no rule was asked, which is most of the rows. */
    static Optional<String> write(List<RuleOutcome> said) {
        return said.isEmpty() ? Optional.empty() : Optional.of(COLUMN.write(said));
    }

    static List<RuleOutcome> read(@Nullable String stored, String row) {
        return stored == null ? List.of() : COLUMN.read(stored, row);
    }
}
