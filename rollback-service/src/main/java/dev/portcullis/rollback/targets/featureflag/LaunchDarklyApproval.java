package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Set;

/**
 * Whether changes of a flag in an environment of LaunchDarkly need somebody's approval.
 *
 * @param required whether they do
 */
record LaunchDarklyApproval(boolean required) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "NO_APPROVAL_NEEDED";

    /** @throws FlagFault when the answer is no environment */
    static LaunchDarklyApproval of(FlagResponse response, Set<String> tags) throws FlagFault {
        try {
            var environment = JSON.readTree(response.body());
            if (!environment.isObject()) {
                // Such as nothing at all: that is not to be read as "needs no approval".
                throw new FlagFault(FlagFault.Kind.PASSING, response.call() + " answered no environment");
            }
            var settings = environment.path("approvalSettings");
            return new LaunchDarklyApproval(settings.path("required").asBoolean() && concerns(settings, tags));
        } catch (JsonProcessingException e) {
            throw new FlagFault(FlagFault.Kind.PASSING, response.call() + " answered no JSON");
        }
    }

    /** With tags named, only flags that have one of them need approval. */
    private static boolean concerns(JsonNode settings, Set<String> tags) {
        var named = settings.path("requiredApprovalTags");
        var any = named.isEmpty();
        for (var tag : named) {
            any |= tags.contains(tag.asText());
        }
        return any;
    }

    static Precondition unseen(String why) {
        return new Precondition(ID, false, "whether a change needs an approval could not be seen: " + why);
    }

    /** @throws FlagFault when an approval is needed and the policy does not say that the token may do without */
    Precondition judged(TargetSettings settings) throws FlagFault {
        var environment = settings.required(FlagKeys.ENVIRONMENT);
        if (!required) {
            return new Precondition(ID, true, "changes in " + environment + " need no approval");
        }
        if (Boolean.parseBoolean(settings.required(FlagKeys.BYPASS_APPROVAL))) {
            return new Precondition(
                    ID, true, "changes in " + environment + " need an approval, which the token may bypass");
        }
        throw new FlagFault(
                FlagFault.Kind.NOT_POSSIBLE,
                "changes of flag " + settings.required(FlagKeys.FLAG) + " in " + environment
                        + " need an approval: give the token's role the action bypassRequiredApproval and the policy"
                        + " bypassApproval: true");
    }
}
