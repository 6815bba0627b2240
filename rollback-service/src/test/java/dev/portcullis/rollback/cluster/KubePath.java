package dev.portcullis.rollback.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address below an API server's root, taken apart.
 *
 * @param root of the group's version: "/apis/apps/v1"
 * @param name empty for all objects of the kind
 * @param isStatus whether it leads to the status alone
 */
record KubePath(String root, String namespace, String plural, String name, boolean isStatus) {
    private static final Pattern FORM = Pattern.compile(
            "(?<root>/api/[^/]+|/apis/[^/]+/[^/]+)/namespaces/(?<namespace>[^/]+)/(?<plural>[^/]+)(/(?<name>[^/]+)(?<status>/status)?)?");

    static Optional<KubePath> of(String path) {
        var parts = FORM.matcher(path);
        return parts.matches()
                ? Optional.of(new KubePath(
                        parts.group("root"),
                        parts.group("namespace"),
                        parts.group("plural"),
                        Optional.ofNullable(parts.group("name")).orElse(""),
                        parts.group("status") != null))
                : Optional.empty();
    }

    boolean isOf(ResourceKind kind) {
        var expected = kind.group().isEmpty() ? "/api/" : "/apis/";
        return root.equals(expected + kind.apiVersion()) && plural.equals(kind.plural());
    }

    KubePath named(String one) {
        return new KubePath(root, namespace, plural, one, false);
    }

    String object() {
        return root + "/namespaces/" + namespace + "/" + plural + "/" + name;
    }
}
