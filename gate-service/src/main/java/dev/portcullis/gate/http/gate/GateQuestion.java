package dev.portcullis.gate.http.gate;

import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.RequestName;
import io.micronaut.http.HttpParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A question of a pipeline, from a JSON body.
 *
 * @param request what is asked
 * @param longest how long the answer may be waited for, 0 to {@link #LONGEST_WAIT}
 * @param async whether the answer is fetched later
 * @param rules those that it adds, which are still to be read; empty for none
 */
record GateQuestion(GateRequest request, Duration longest, boolean async, String rules) {
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final List<String> FIELDS = List.of(
            "service",
            "namespace",
            "rollout",
            "revision",
            "canary",
            "stable",
            "stage",
            "wait",
            "dryRun",
            "async",
            "artifact",
            "ticket",
            "author",
            "labels",
            "rules");

    /** @throws InvalidFieldException naming the first field that is not legal, or "body" when there are no fields to name */
    static GateQuestion of(byte[] body, HttpParameters parameters) {
        var fields = JsonFields.ofBody(body, parameters, FIELDS);
        var step = fields.text("stage");
        var stage = Stage.of(step);
        var revision = fields.text("revision");
        var canary = fields.text("canary");
        var key = new ReleaseKey(
                fields.text("service"),
                fields.text("namespace"),
                fields.text("rollout"),
                canary.isEmpty() ? revision : canary,
                revision);
        if (stage != Stage.PRE_DEPLOY
                && key.canary().isEmpty()
                && !key.service().isEmpty()) {
            throw new InvalidFieldException(
                    "canary",
                    "is missing, and so is revision, which stands for it; one of them is required at " + step);
        }
        var request = new GateRequest(key, fields.text("stable"), step, stage, fields.flag("dryRun"), Optional.empty())
                .with(ReleaseDetails.of(
                        fields.text("artifact"), fields.text("ticket"), fields.text("author"), fields.text("labels")));
        var async = fields.flag("async");
        var longest = wait(fields.text("wait"));
        if (async && longest.isPositive()) {
            throw new InvalidFieldException(
                    "wait", "is given with async, which waits for nothing; give it when the evaluation is fetched");
        }
        return new GateQuestion(request, longest, async, fields.json("rules"));
    }

    /**
     * How long an answer may be waited for.
     *
     * @param text empty = not at all
     * @throws InvalidFieldException when the text is no length of time in these limits
     */
    static Duration wait(String text) {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        return DurationText.parse(text)
                .filter(length -> length.compareTo(LONGEST_WAIT) <= 0)
                .orElseThrow(() -> new InvalidFieldException(
                        "wait",
                        "is " + RequestName.shown(text) + "; legal: a length of time such as 30s or 10m, 0s to "
                                + DurationText.compact(LONGEST_WAIT)));
    }
}
