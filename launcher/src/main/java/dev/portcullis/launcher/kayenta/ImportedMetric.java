package dev.portcullis.launcher.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A metric of a canary config as an objective.
 *
 * @param slo name of its SLO
 * @param part counters of the bad requests, or of the good ones
 * @param partIsBad which of the two
 * @param total counters of all requests
 * @param armsLabel the label that told canary from stable in its query
 * @param direction the change of the ratio of bad requests that fails, in the policy's word
 * @param ofGood whether the config's ratio was one of good requests, so that its sizes of effects do not hold here
 */
record ImportedMetric(
        String slo,
        Selector part,
        boolean partIsBad,
        Selector total,
        String armsLabel,
        String direction,
        boolean ofGood,
        JsonNode analysis,
        List<String> groups) {
    /** Stands for {@code ${scope}} where a regular expression may stand too. */
    private static final String SCOPE = "portcullisscope";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String PROMQL = "PromQL:";
    private static final Pattern BAD_STATUS = Pattern.compile("\\(?[45].*");
    private static final Pattern GOOD_STATUS = Pattern.compile("\\(?[123].*");

    /** @throws NotMappedException when it cannot be one */
    static ImportedMetric of(JsonNode metric, JsonNode templates, String slo, ImportSettings settings)
            throws NotMappedException {
        var query = RatioQuery.parse(expression(metric.path("query"), templates, settings));
        var canary = metric.path("analysisConfigurations").path("canary");
        var direction = canary.path("direction").asText("either");
        var partIsBad = partIsBad(query, direction);
        var ofGood = partIsBad == query.complement();
        var label = label(query, settings);
        List<String> groups = new ArrayList<>();
        metric.path("groups").forEach(group -> groups.add(group.asText()));
        return new ImportedMetric(
                slo,
                without(query.part()),
                partIsBad,
                without(query.total()),
                label,
                ofBad(direction, ofGood),
                ofGood,
                canary,
                List.copyOf(groups));
    }

    private static String expression(JsonNode query, JsonNode templates, ImportSettings settings)
            throws NotMappedException {
        var type = query.path("type").asText(query.path("serviceType").asText(""));
        if (!type.equals("prometheus")) {
            throw new NotMappedException("is a query of '" + type
                    + "'; only those of prometheus can be read: write an SLO by hand (docs/openslo.md)");
        }
        var template = query.path("customFilterTemplate").asText("");
        var written = Optional.of(query.path("customInlineTemplate").asText(""))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.of(templates.path(template).asText("")).filter(text -> !text.isBlank()))
                .orElse(query.path("customFilter").asText(""))
                .strip();
        if (!template.isEmpty() && !templates.has(template)) {
            throw new NotMappedException("names template '" + template + "', which the config does not have");
        }
        if (!written.startsWith(PROMQL)) {
            throw new NotMappedException(
                    "averages '" + query.path("metricName").asText("")
                            + "', which Kayenta does with a gauge or the bare value of a counter; what is judged here are good and bad requests, so write an SLO of counters by hand (docs/openslo.md)");
        }
        return filled(written.substring(PROMQL.length()), settings);
    }

    private static String filled(String expression, ImportSettings settings) throws NotMappedException {
        var text = expression.replace("${scope}", SCOPE);
        if (text.contains("${location}")) {
            var location = settings.location()
                    .orElseThrow(
                            () -> new NotMappedException(
                                    "has ${location}, which differs from request to request in Kayenta; say with --location what stands for it"));
            text = text.replace("${location}", location);
        }
        var left = VARIABLE.matcher(text);
        if (left.find()) {
            throw new NotMappedException("has " + left.group()
                    + ", which Kayenta fills in from the request; put its value into the canary config");
        }
        return text;
    }

    /** Which of the two the counters above the line are: by the status they ask for, else by the change that is bad. */
    private static boolean partIsBad(RatioQuery query, String direction) throws NotMappedException {
        for (var matcher : query.part().matchers()) {
            if (query.total().matchers().contains(matcher)) {
                continue;
            }
            var wanted = matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.MATCHES;
            if (BAD_STATUS.matcher(matcher.value()).matches()) {
                return wanted;
            }
            if (GOOD_STATUS.matcher(matcher.value()).matches()) {
                return !wanted;
            }
        }
        return switch (direction) {
            case "increase" -> !query.complement();
            case "decrease" -> query.complement();
            default ->
                throw new NotMappedException(
                        "does not tell whether it counts good or bad requests; give it direction increase (bad) or decrease (good)");
        };
    }

    private static String ofBad(String direction, boolean ofGood) {
        return switch (direction) {
            case "increase" -> ofGood ? "decrease" : "increase";
            case "decrease" -> ofGood ? "increase" : "decrease";
            default -> "increase";
        };
    }

    private static String label(RatioQuery query, ImportSettings settings) throws NotMappedException {
        var part = scoped(query.part());
        if (!part.equals(scoped(query.total())) || part.isEmpty()) {
            throw new NotMappedException(
                    "does not have ${scope} in the same label of both its sums, so it cannot tell canary from stable");
        }
        if (settings.armsLabel().isPresent()) {
            return settings.armsLabel().get();
        }
        if (part.size() != 1
                || !part.getFirst().value().equals(SCOPE)
                || (part.getFirst().operator() != Operator.EQUAL
                        && part.getFirst().operator() != Operator.MATCHES)) {
            throw new NotMappedException("tells canary from stable by "
                    + part.getFirst().render().replace(SCOPE, "${scope}")
                    + "; here a label's whole value does: name one with --arms-label");
        }
        return part.getFirst().label();
    }

    private static List<LabelMatcher> scoped(Selector selector) {
        return selector.matchers().stream()
                .filter(matcher -> matcher.value().contains(SCOPE))
                .toList();
    }

    private static Selector without(Selector selector) {
        return new Selector(
                selector.metric(),
                selector.matchers().stream()
                        .filter(matcher -> !matcher.value().contains(SCOPE))
                        .toList());
    }
}
