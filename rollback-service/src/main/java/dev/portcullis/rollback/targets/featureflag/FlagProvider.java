package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/** The port to whatever keeps flags. Thread-safe; methods block for a bounded time. No text holds a secret. */
interface FlagProvider {
    /** The word after {@code provider:}. */
    String name();

    /** What is acted on, in a sentence: "flag new-checkout in production". */
    String subject(TargetSettings settings);

    /**
     * Looks at the flag; changes nothing.
     *
     * @throws FlagFault when it cannot be seen
     */
    FlagState look(String service, TargetSettings settings) throws FlagFault;

    /**
     * What people should know before it is switched off; changes nothing.
     *
     * @throws FlagFault when it cannot be switched off
     */
    List<Precondition> examine(String service, TargetSettings settings, FlagState state) throws FlagFault;

    /** Switches the flag off, unless its version is not the one seen any more. */
    ApplyResult switchOff(Assignment assignment, FlagState state);

    /** The command by which a person switches it off, whatever its version. */
    String commandToApply(TargetSettings settings);

    /** The command by which a person looks at it. */
    String commandToLook(TargetSettings settings);
}
