package dev.portcullis.gate.store;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The form of what a policy says of a FAIL, in decisions.on_fail: {@code major=hold,minor=hold}; empty or null where every FAIL aborts. Stateless. */
final class StoredFailActions {
    private StoredFailActions() {}

    static String write(Map<String, String> actions) {
        return new TreeMap<>(actions)
                .entrySet().stream()
                        .map(action -> action.getKey() + "=" + action.getValue())
                        .collect(Collectors.joining(","));
    }

    static Map<String, String> read(@Nullable String stored) {
        return stored == null || stored.isEmpty()
                ? Map.of()
                : Arrays.stream(stored.split(","))
                        .map(action -> action.split("="))
                        .collect(Collectors.toMap(action -> action[0], action -> action[1]));
    }
}
