package dev.portcullis.launcher.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A place in which a record and what is computed from it differ.
 *
 * @param field its path, e.g. "evidence.fail"
 * @param kept what is on record, as JSON; empty when there is nothing
 * @param recomputed what the computation gives, as JSON; empty when it gives nothing
 */
public record Difference(String field, String kept, String recomputed) {
    /** All of two JSON texts, in the order of their fields' names. */
    static List<Difference> between(JsonNode kept, JsonNode recomputed) {
        List<Difference> all = new ArrayList<>();
        add(all, "", kept, recomputed);
        return all;
    }

    private static void add(List<Difference> all, String path, JsonNode kept, JsonNode recomputed) {
        if (kept.isObject() && recomputed.isObject()) {
            var names = new TreeSet<String>();
            kept.fieldNames().forEachRemaining(names::add);
            recomputed.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    add(all, path.isEmpty() ? name : path + "." + name, kept.path(name), recomputed.path(name)));
        } else if (kept.isArray() && recomputed.isArray()) {
            for (var i = 0; i < Math.max(kept.size(), recomputed.size()); i++) {
                add(all, path + "[" + i + "]", kept.path(i), recomputed.path(i));
            }
        } else if (!kept.equals(recomputed)) {
            all.add(new Difference(path, kept.toString(), recomputed.toString()));
        }
    }
}
