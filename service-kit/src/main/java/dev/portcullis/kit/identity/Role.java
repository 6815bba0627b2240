package dev.portcullis.kit.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may do with the releases, analyses and rollbacks of a service. */
public enum Role {
    /** Reads everything, changes nothing. */
    VIEWER,
    /** Asks the gate, which opens releases and starts their analyses; a viewer too. */
    DEPLOYER,
    /** Approves what waits for a second person; a viewer too. */
    APPROVER,
    /** Promotes, aborts, rolls back and cancels; a deployer too. */
    OPERATOR,
    /** Acts against a rule and on what belongs to no service; an operator too. Not an approver: who wants that has both. */
    ADMIN;

    /** The roles as the configuration names them, the weakest first. */
    public static List<String> words() {
        return Stream.of(values()).map(Role::word).toList();
    }

    /** The role of a word of the configuration; empty for any other word. */
    public static Optional<Role> of(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** As the configuration names it: in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether who has this role may do all that the other one may. */
    public boolean includes(Role other) {
        return switch (this) {
            case VIEWER -> other == VIEWER;
            case DEPLOYER -> other == DEPLOYER || other == VIEWER;
            case APPROVER -> other == APPROVER || other == VIEWER;
            case OPERATOR -> other == OPERATOR || DEPLOYER.includes(other);
            case ADMIN -> other == ADMIN || OPERATOR.includes(other);
        };
    }
}
