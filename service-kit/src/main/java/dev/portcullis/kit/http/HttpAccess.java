package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.Requirement;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What each path of an HTTP server needs of its caller: the only list. A path that is served and not in it is refused wherever callers have to be known. Immutable. */
public final class HttpAccess {
    /** An empty list. */
    public static final HttpAccess NONE = new HttpAccess(Map.of(), Set.of());

    /** What requests of one method to one path need. */
    sealed interface Row {
        /** Nothing: nobody is asked who he is. */
        record Open() implements Row {}

        /** What the head of the request says; empty for nothing. */
        record ByHead(Function<HttpRequest<?>, Optional<Requirement>> needed) implements Row {}

        /** What its body says, which is waited for only when that decides. */
        record ByBody(BiFunction<HttpRequest<?>, byte[], Requirement> needed) implements Row {}
    }

    private final Map<String, Row> rows;
    private final Set<String> holding;

    private HttpAccess(Map<String, Row> rows, Set<String> holding) {
        this.rows = rows;
        this.holding = holding;
    }

    /** The same list with a path that anybody may ask. */
    public HttpAccess withOpen(HttpMethod method, String template) {
        return plus(method, template, new Row.Open());
    }

    /**
     * The same list with a path.
     *
     * @param template as its controller has it, with variables in braces
     * @param needed what a request needs; empty for nothing
     */
    public HttpAccess with(HttpMethod method, String template, Function<HttpRequest<?>, Optional<Requirement>> needed) {
        return plus(method, template, new Row.ByHead(needed));
    }

    /** The same list with a path whose requests say in their body what they are about; one without a body has an empty one. */
    public HttpAccess withBody(
            HttpMethod method, String template, BiFunction<HttpRequest<?>, byte[], Requirement> needed) {
        return plus(method, template, new Row.ByBody(needed));
    }

    private HttpAccess plus(HttpMethod method, String template, Row row) {
        return and(new HttpAccess(Map.of(name(method.name(), template), row), Set.of()));
    }

    /**
     * The same list, in which paths answer by themselves whoever calls too often (see {@link TooManyCalls}): their clients take any refusal, so also a 429, for a reason to
     * take a canary back.
     *
     * @param paths as "GET /v1/kayenta/canary/{id}"
     */
    public HttpAccess holding(Set<String> paths) {
        return and(new HttpAccess(Map.of(), paths));
    }

    /** Whether a path answers by itself whoever calls too often. */
    boolean holds(String method, String template) {
        return holding.contains(name(method, template));
    }

    /** Both lists. */
    public HttpAccess and(HttpAccess other) {
        var all = new TreeMap<>(rows);
        all.putAll(other.rows);
        var bothHolding = new TreeSet<>(holding);
        bothHolding.addAll(other.holding);
        return new HttpAccess(Collections.unmodifiableMap(all), Collections.unmodifiableSet(bothHolding));
    }

    /** The paths in the list, as "GET /v1/kayenta/canary/{id}". */
    public Set<String> paths() {
        return rows.keySet();
    }

    /** The row of a method and a path; empty when it is not in the list. */
    Optional<Row> of(String method, String template) {
        return Optional.ofNullable(rows.get(name(method, template)));
    }

    private static String name(String method, String template) {
        return method + " " + template;
    }
}
