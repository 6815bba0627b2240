package dev.portcullis.rollback.configuration;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.TargetSettings;

/** The reader of one kind of target: what a policy's rollback section says to it. Stateless. */
public interface TargetKind {
    /** The word after {@code target:}, e.g. "webhook". */
    String name();

    /**
     * Reads the keys of this kind. Keys all kinds have ({@code target}, {@code retryFor}, {@code verifyFor}, {@code verifyEvery}) are
     * not its business.
     *
     * @param section {@code spec.rollback}; records what is wrong
     * @return the settings, of no use when a fault was recorded; never a secret
     */
    TargetSettings read(YamlMapping section);
}
