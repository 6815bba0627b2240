package dev.portcullis.gate.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.kit.document.DocumentColumn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of the rules that questions have added for a release, in releases.added_rules. */
final class StoredAddedRules {
    private static final DocumentColumn<List<AddedRule>> COLUMN = DocumentColumn.of(
            "releases.added_rules",
            2,
            new TypeReference<List<StoredAddedRule>>() {},
            rules -> rules.stream()
                    .map(rule -> new StoredAddedRule(rule.name(), rule.text()))
                    .toList(),
            stored -> stored.stream()
                    .map(rule -> new AddedRule(rule.name(), rule.text()))
                    .toList());

    private StoredAddedRules() {}

    /** One rule. */
    record StoredAddedRule(String name, String text) {}

    /** Nothing is stored where no question has added any, which is most of the rows. */
    static Optional<String> write(List<AddedRule> rules) {
        return rules.isEmpty() ? Optional.empty() : Optional.of(COLUMN.write(rules));
    }

    static List<AddedRule> read(@Nullable String stored, String row) {
        return stored == null ? List.of() : COLUMN.read(stored, row);
    }
}
