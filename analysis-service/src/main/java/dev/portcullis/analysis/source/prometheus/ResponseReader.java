package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads one answer of the query API as it streams by: no tree is built, and no more series are kept than are allowed. Not thread-safe.
 *
 * @param <S> what is made of a series
 */
final class ResponseReader<S> {
    /** Makes something of the series where the stream is. */
    interface Series<S> {
        S read(RangeSeriesReader reader) throws IOException, QueryFailureException;
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final int OK = 200;
    private static final int LONGEST_QUERY = 120;
    private static final int LONGEST_PROSE = 80;
    private static final int TOO_LONG = 413;

    private final String resultType;
    private final Series<S> kind;
    private final int maxSeries;
    private final List<S> series = new ArrayList<>();
    private final Set<Map<String, String>> labels = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private String status = "";
    private String error = "";
    private String foundType = "";
    private boolean hasResult;
    private int count;

    /**
     * A reader of one answer.
     *
     * @param resultType as the API names it, e.g. "vector"
     * @param maxSeries what has more is refused
     */
    ResponseReader(String resultType, Series<S> kind, int maxSeries) {
        this.resultType = resultType;
        this.kind = kind;
        this.maxSeries = maxSeries;
    }

    /**
     * Reads an answer of any status. One that the server itself has doubts about is refused, since series may be missing in it.
     *
     * @param query what was asked, for messages
     */
    List<S> read(int code, String body, String query) throws QueryFailureException {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonStream json = new JsonStream(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noJson(code, body);
            }
            RangeSeriesReader reader = new RangeSeriesReader(json);
            json.members(name -> member(name, json, reader));
            if (parser.nextToken() != null) {
                throw noJson(code, body);
            }
        } catch (JsonEOFException e) {
            throw new QueryFailureException(
                    QueryFailure.AWAY,
                    "status " + code + ", and the answer is cut off: its JSON has no end after " + body.length()
                            + " characters");
        } catch (IOException e) {
            throw noJson(code, body);
        }
        check(code, query);
        return series;
    }

    private void member(String name, JsonStream json, RangeSeriesReader reader)
            throws IOException, QueryFailureException {
        switch (name) {
            case "status" -> status = json.text();
            case "error" -> error = OneLine.of(json.text());
            case "warnings" -> json.items(() -> warnings.add(OneLine.of(json.text())));
            // VictoriaMetrics, when a storage node did not answer.
            case "isPartial" -> {
                if (json.text().equals("true")) {
                    warnings.add("isPartial");
                }
            }
            case "data" -> json.members(part -> data(part, json, reader));
            default -> json.skip();
        }
    }

    private void data(String name, JsonStream json, RangeSeriesReader reader)
            throws IOException, QueryFailureException {
        switch (name) {
            case "resultType" -> foundType = json.text();
            case "result" -> {
                if (foundType.isEmpty() || foundType.equals(resultType)) {
                    // Some query APIs write an empty vector as null.
                    hasResult = json.isNull() || json.items(() -> series(json, reader));
                } else {
                    json.skip();
                }
            }
            default -> json.skip();
        }
    }

    /** All are counted, so that whoever has to narrow the query knows by how much. */
    private void series(JsonStream json, RangeSeriesReader reader) throws IOException, QueryFailureException {
        count++;
        if (count <= maxSeries) {
            series.add(kind.read(reader));
            checkOnce(reader.labels());
        } else {
            series.clear();
            labels.clear();
            json.skip();
        }
    }

    /** Of two values the one taken could change from answer to answer, and a counter that falls is taken for one that began anew. */
    private void checkOnce(Map<String, String> found) throws QueryFailureException {
        if (!labels.add(found)) {
            throw new QueryFailureException(
                    QueryFailure.AWAY,
                    "the answer has a series twice, " + OneLine.of(new TreeMap<>(found).toString())
                            + "; replicas have to be deduplicated there");
        }
    }

    private void check(int code, String query) throws QueryFailureException {
        if (!status.equals("success")) {
            throw new QueryFailureException(
                    failure(code), "status " + code + (error.isEmpty() ? ", no result in the body" : ": " + error));
        }
        if (code != OK) {
            throw new QueryFailureException(failure(code), "status " + code);
        }
        if (!foundType.equals(resultType) || !hasResult) {
            throw new QueryFailureException(
                    QueryFailure.QUERY,
                    foundType.equals(resultType)
                            ? "the result is not a list of series, as a " + resultType + " is one"
                            : "a result of type '" + OneLine.of(foundType) + "', expected a " + resultType);
        }
        if (count > maxSeries) {
            throw new QueryFailureException(QueryFailure.LIMIT, tooMany(query));
        }
        if (!warnings.isEmpty()) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, "a partial answer, series may be missing in it: " + String.join("; ", warnings));
        }
    }

    /** Written by whatever stands before the server, or by something else altogether. */
    private static QueryFailureException noJson(int code, String body) {
        String said = OneLine.of(body, LONGEST_PROSE);
        return new QueryFailureException(
                code == TOO_LONG ? QueryFailure.QUERY : QueryFailure.AWAY,
                "status " + code + ", and the body is not JSON of that API"
                        + (said.isEmpty() ? "" : " but '" + said + "'") + "; "
                        + switch (code) {
                            case 401, 403 -> "are the credentials and the tenant right?";
                            case 404 -> "is the path of url right?";
                            case TOO_LONG -> "the query is too long for what stands before the server";
                            default -> "is this a Prometheus query API?";
                        });
    }

    private String tooMany(String query) {
        return String.format(
                Locale.ROOT,
                "query %s returned %,d series, more than the %,d that maxSeries allows; narrow the selector or raise maxSeries",
                OneLine.of(query, LONGEST_QUERY),
                count,
                maxSeries);
    }

    /** What is the query's fault: 400 (cannot be parsed), 413 (too long), 422 (cannot be carried out, e.g. too many samples). */
    private static QueryFailure failure(int code) {
        return switch (code) {
            case 400, TOO_LONG, 422 -> QueryFailure.QUERY;
            default -> QueryFailure.AWAY;
        };
    }
}
