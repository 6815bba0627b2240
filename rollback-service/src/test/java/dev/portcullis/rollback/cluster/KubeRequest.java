package dev.portcullis.rollback.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as a {@link KubeServer} received it.
 *
 * @param path without query
 * @param query empty for none
 * @param headers by name in lower case
 */
public record KubeRequest(String method, String path, String query, Map<String, String> headers, String body) {
    /** Whether it wants to change something. What an account may do is asked by a POST, of which nothing is kept. */
    public boolean isMutating() {
        return !method.equals("GET") && !path.equals(KubeRights.REVIEWS) && !isDryRun();
    }

    /** Whether it wants to know what a change would come to. */
    boolean isDryRun() {
        return asks("dryRun=All");
    }

    /** Whether fields that the kind does not have are to be refused. */
    boolean isStrict() {
        return asks("fieldValidation=Strict");
    }

    private boolean asks(String parameter) {
        return List.of(query.split("&")).contains(parameter);
    }

    /** The verb by which rights are given. */
    String verb(boolean ofOne) {
        return switch (method) {
            case "GET" -> ofOne ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> ofOne ? "delete" : "deletecollection";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }
}
