package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the account of a {@link KubeServer}'s clients may do: everything, unless manifests are named, and without what was taken away. A right reads
 * "patch argoproj.io/rollouts/status"; in the core group "list /secrets". Thread-safe.
 */
final class KubeRights {
    static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    /** Which every account has by the role system:basic-user. */
    private static final String REVIEW = "create authorization.k8s.io/selfsubjectaccessreviews";

    private static final String ACCOUNT = "system:serviceaccount:portcullis:portcullis-rollback";

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private volatile Optional<Set<String>> granted = Optional.empty();

    /** From now on only what this manifest grants. */
    void grantOnly(Path manifest) {
        Set<String> rights = ConcurrentHashMap.newKeySet();
        try {
            for (var text : Files.readString(manifest).split("\n---\n", -1)) {
                Yaml.object(text).path("rules").forEach(rule -> rule.path("verbs")
                        .forEach(verb -> rights.add(verb.asText() + " "
                                + rule.at("/apiGroups/0").asText() + "/"
                                + rule.at("/resources/0").asText())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        granted = Optional.of(rights);
    }

    void take(String right) {
        taken.add(right);
    }

    private boolean allows(String right) {
        var given = granted.map(rights -> rights.contains(right) || right.equals(REVIEW))
                .orElse(true);
        return given && !taken.contains(right);
    }

    /** What a request without the right to it is answered. */
    Optional<KubeAnswer> refusal(KubeRequest request, KubePath path) {
        var group = path.root().startsWith("/apis/") ? path.root().split("/", -1)[2] : "";
        var resource = path.plural() + (path.isStatus() ? "/status" : "");
        var verb = request.verb(!path.name().isEmpty());
        if (allows(verb + " " + group + "/" + resource)) {
            return Optional.empty();
        }
        var named = path.plural()
                + (group.isEmpty() ? "" : "." + group)
                + (path.name().isEmpty() ? "" : " \"" + path.name() + "\"");
        return Optional.of(KubeAnswer.fault(
                403,
                named + " is forbidden: User \"" + ACCOUNT + "\" cannot " + verb + " resource \"" + resource
                        + "\" in API group \"" + group + "\" in the namespace \"" + path.namespace() + "\""));
    }

    /** The answer to an account that asks what it may do. */
    KubeAnswer review(KubeRequest request, JsonNode body) {
        if (!request.method().equals("POST")) {
            return KubeAnswer.fault(405, "the server does not allow this method on the requested resource");
        }
        if (!allows(REVIEW)) {
            return KubeAnswer.fault(
                    403,
                    "selfsubjectaccessreviews.authorization.k8s.io is forbidden: User \"" + ACCOUNT
                            + "\" cannot create resource \"selfsubjectaccessreviews\" in API group \"authorization.k8s.io\""
                            + " at the cluster scope");
        }
        var asked = body.at("/spec/resourceAttributes");
        if (!(body instanceof ObjectNode answer) || !asked.isObject()) {
            return KubeAnswer.fault(
                    422,
                    "SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes:"
                            + " Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        var part = asked.path("subresource").asText("");
        var right = asked.path("verb").asText() + " " + asked.path("group").asText("") + "/"
                + asked.path("resource").asText() + (part.isEmpty() ? "" : "/" + part);
        answer.putObject("status").put("allowed", allows(right));
        return KubeAnswer.created(answer.toString());
    }
}
