package dev.portcullis.rollback.configuration;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.TargetSettings;

/** The reader of one kind of target: what a policy's rollback section says to it. Stateless. */
public interface TargetKind {
    /** The word after {@code target:}, e.g. "webhook". */
    String name();

    /**
     * Reads the keys of this kind. {@code target} and the keys of the plan as a whole are not its business.
     *
     * @param service the service the policy is for
     * @param section {@code spec.rollback}, or one of its steps; records what is wrong
     * @return the settings, of no use when a fault was recorded; never a secret
     */
    TargetSettings read(String service, YamlMapping section);

    /** Whether it moves requests between running revisions, so that users are off the bad one before its pods are gone. */
    default boolean routesTraffic() {
        return false;
    }
}
