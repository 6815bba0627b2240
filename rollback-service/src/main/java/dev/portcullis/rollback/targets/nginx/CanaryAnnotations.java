package dev.portcullis.rollback.targets.nginx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.rollback.traffic.PatchOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The annotations by which ingress-nginx sends requests to a canary Ingress: a header first, then a cookie, then the weight. A request that is bound to the
 * canary by a session cookie goes there before any of them is asked.
 *
 * @param all of the Ingress; missing when it has none
 * @param prefix of those that ingress-nginx reads, without the slash
 */
record CanaryAnnotations(JsonNode all, String prefix) {
    private static final String POINTER = "/metadata/annotations";
    private static final String CANARY = "canary";
    private static final String WEIGHT = "canary-weight";
    private static final String TOTAL = "canary-weight-total";
    private static final String HEADER = "canary-by-header";
    private static final String COOKIE = "canary-by-cookie";
    private static final String BEHAVIOR = "affinity-canary-behavior";
    private static final String AFFINITY = "affinity";
    /** Sessions are not bound to the canary. */
    private static final String LEGACY = "legacy";
    /** As Go reads a flag. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

    private static final int USUAL_TOTAL = 100;

    static CanaryAnnotations of(JsonNode ingress, String prefix) {
        return new CanaryAnnotations(ingress.at(POINTER), prefix);
    }

    private String key(String name) {
        return prefix + "/" + name;
    }

    private Optional<String> text(String name) {
        return Optional.of(all.path(key(name)).asText("").strip()).filter(text -> !text.isEmpty());
    }

    boolean isCanary() {
        return text(CANARY).filter(TRUE::contains).isPresent();
    }

    boolean bindsSessions() {
        return text(AFFINITY).filter("cookie"::equals).isPresent();
    }

    /** What ingress-nginx cannot read as a number counts as none. */
    private int number(String name, int usual) {
        try {
            return text(name).map(Integer::parseInt).orElse(usual);
        } catch (NumberFormatException e) {
            return usual;
        }
    }

    /** Header and cookie that send requests to the canary whatever the weight, for people. */
    List<String> rules() {
        List<String> found = new ArrayList<>();
        text(HEADER).ifPresent(header -> found.add(HEADER + " " + header));
        text(COOKIE).ifPresent(cookie -> found.add(COOKIE + " " + cookie));
        return found;
    }

    /** "canary-weight 30 of 100, canary-by-header X-Canary". */
    String seen(boolean sticky) {
        List<String> found = new ArrayList<>();
        var total = Math.max(USUAL_TOTAL, number(TOTAL, USUAL_TOTAL));
        found.add(WEIGHT + " " + number(WEIGHT, 0) + " of " + total);
        found.addAll(rules());
        if (sticky && !isReleasing()) {
            found.add("sessions bound to the canary");
        }
        return String.join(", ", found);
    }

    private boolean isReleasing() {
        return text(BEHAVIOR).filter(LEGACY::equals).isPresent();
    }

    /**
     * What is to be changed so that nothing goes to the canary.
     *
     * @param sticky whether sessions are bound to pods by a cookie
     */
    List<PatchOperation> edits(boolean sticky) {
        List<PatchOperation> edits = new ArrayList<>();
        if (number(WEIGHT, 0) > 0) {
            edits.add(PatchOperation.set(all, POINTER, key(WEIGHT), TextNode.valueOf("0")));
        }
        for (var rule : List.of(HEADER, COOKIE)) {
            if (text(rule).isPresent()) {
                edits.add(PatchOperation.remove(POINTER, key(rule)));
            }
        }
        if (sticky && !isReleasing()) {
            edits.add(PatchOperation.set(all, POINTER, key(BEHAVIOR), TextNode.valueOf(LEGACY)));
        }
        return edits;
    }
}
