package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.exchange.Curl;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * Flags at LaunchDarkly, by its REST API. A flag is switched off by a JSON patch that first tests the version of the flag's settings
 * in its environment: a patch sent for an older version changes nothing. (A semantic patch knows no such test.) Thread-safe.
 */
final class LaunchDarkly implements FlagProvider {
    static final String NAME = "launchdarkly";

    private static final String API_VERSION = "20240415";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int UNPROCESSABLE = 422;

    private final FlagHttp http;

    LaunchDarkly(FlagHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject(TargetSettings settings) {
        return "flag " + settings.required(FlagKeys.FLAG) + " in " + settings.required(FlagKeys.ENVIRONMENT);
    }

    @Override
    public FlagState look(String service, TargetSettings settings) throws FlagFault {
        var request = request(flag(settings, "?env=" + settings.required(FlagKeys.ENVIRONMENT)));
        var flag = LaunchDarklyFlag.read(http.look(service, settings, request.GET()), settings);
        var text = subject(settings) + " is " + (flag.on() ? "on" : "off") + " (version " + flag.version() + ")";
        return new FlagState(!flag.on(), String.valueOf(flag.version()), text, flag.json());
    }

    @Override
    public List<Precondition> examine(String service, TargetSettings settings, FlagState state) throws FlagFault {
        var flag = LaunchDarklyFlag.of(state.document(), settings);
        return List.of(flag.offValue(), approval(service, settings, flag));
    }

    /** Whether LaunchDarkly would take the change without somebody's approval. An account that may not read the environment is only warned. */
    private Precondition approval(String service, TargetSettings settings, LaunchDarklyFlag flag) throws FlagFault {
        var project = api(settings) + "projects/" + settings.required(FlagKeys.PROJECT);
        var environment = URI.create(project + "/environments/" + settings.required(FlagKeys.ENVIRONMENT));
        try {
            var response = http.look(service, settings, request(environment).GET());
            return LaunchDarklyApproval.of(response, flag.tags()).judged(settings);
        } catch (FlagFault e) {
            if (e.kind() == FlagFault.Kind.DENIED || e.kind() == FlagFault.Kind.MISSING) {
                return LaunchDarklyApproval.unseen(e.text());
            }
            throw e;
        }
    }

    @Override
    public ApplyResult switchOff(Assignment assignment, FlagState state) {
        var settings = assignment.target();
        var service = assignment.order().service();
        // Scheduled changes and pending approvals that the change makes void do not stand in the way of a kill switch.
        var request = request(flag(settings, "?ignoreConflicts=true"))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(patch(assignment, state)));
        return http.change(service, settings, request, response -> meaning(response, service, settings, state));
    }

    private ApplyResult meaning(FlagResponse response, String service, TargetSettings settings, FlagState before) {
        return switch (response.status()) {
            case METHOD_NOT_ALLOWED ->
                new ApplyResult.Refused(response.text()
                        + " (as it does where changes need an approval: docs/targets/feature-flag.md, approvals)");
            case BAD_REQUEST, CONFLICT, PRECONDITION_FAILED, UNPROCESSABLE ->
                refused(response, service, settings, before);
            default ->
                response.changed(subject(settings) + " was switched off (version " + before.version() + " before)");
        };
    }

    /** Which status a failed test has is not documented: the flag itself tells whether that is what happened. */
    private ApplyResult refused(FlagResponse response, String service, TargetSettings settings, FlagState before) {
        try {
            var now = look(service, settings);
            var moved = now.off() || !now.version().equals(before.version());
            return moved || response.status() == CONFLICT || response.status() == PRECONDITION_FAILED
                    ? new ApplyResult.Again(response.text() + "; " + now.text(), response.pause(), false)
                    : new ApplyResult.Refused(response.text());
        } catch (FlagFault e) {
            return new ApplyResult.Again(response.text() + "; " + e.text(), response.pause(), false);
        }
    }

    private static String patch(Assignment assignment, FlagState state) {
        var environment = "/environments/" + assignment.target().required(FlagKeys.ENVIRONMENT);
        var order = assignment.order();
        var body = JSON.createObjectNode();
        body.put("comment", comment(assignment.rollback(), order.service(), order.reason()));
        var operations = body.putArray("patch");
        operation(operations.addObject(), "test", environment + "/version")
                .put("value", Long.parseLong(state.version()));
        operation(operations.addObject(), "replace", environment + "/on").put("value", false);
        return body.toString();
    }

    private static ObjectNode operation(ObjectNode operation, String name, String path) {
        return operation.put("op", name).put("path", path);
    }

    private static String comment(String rollback, String service, String reason) {
        return "Portcullis, " + rollback + " of " + service + ": " + reason;
    }

    private static URI flag(TargetSettings settings, String query) {
        var flag = settings.required(FlagKeys.PROJECT) + "/" + settings.required(FlagKeys.FLAG);
        return URI.create(api(settings) + "flags/" + flag + query);
    }

    private static String api(TargetSettings settings) {
        var address = settings.required(FlagKeys.ADDRESS);
        return address + (address.endsWith("/") ? "" : "/") + "api/v2/";
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("LD-API-Version", API_VERSION);
    }

    @Override
    public String commandToApply(TargetSettings settings) {
        var body = JSON.createObjectNode().put("environmentKey", settings.required(FlagKeys.ENVIRONMENT));
        body.putArray("instructions").addObject().put("kind", "turnFlagOff");
        return "curl -fsS -X PATCH " + http.curlToken(settings)
                + "-H 'Content-Type: application/json; domain-model=launchdarkly.semanticpatch' --data "
                + Curl.quoted(body.toString()) + " "
                + Curl.quoted(flag(settings, "?ignoreConflicts=true").toString());
    }

    @Override
    public String commandToLook(TargetSettings settings) {
        return "curl -fsS " + http.curlToken(settings)
                + Curl.quoted(flag(settings, "?env=" + settings.required(FlagKeys.ENVIRONMENT))
                        .toString());
    }
}
