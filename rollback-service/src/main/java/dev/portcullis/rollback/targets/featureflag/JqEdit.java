package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.exchange.Curl;
import dev.portcullis.rollback.plan.TargetSettings;

/** The command, for people, that switches a flag off in a flag definition of flagd: from its input to its output, and failing on none. */
final class JqEdit {
    private JqEdit() {}

    static String of(TargetSettings settings) {
        var variant = settings.values().get(FlagKeys.VARIANT);
        var flag = "jq -e --arg flag " + Curl.quoted(settings.required(FlagKeys.FLAG));
        return variant == null
                ? flag + " '.flags[$flag].state = \"DISABLED\"'"
                : flag + " --arg variant " + Curl.quoted(variant)
                        + " '.flags[$flag] |= (.defaultVariant = $variant | .targeting = {})'";
    }
}
