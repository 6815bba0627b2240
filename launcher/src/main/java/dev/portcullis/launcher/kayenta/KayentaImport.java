package dev.portcullis.launcher.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.text.RequestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * A canary config of Kayenta as SLOs and a ReleasePolicy. Used once.
 *
 * <p>Whatever has no counterpart is a finding that names it.
 */
public final class KayentaImport {
    private static final String DEFAULT_JUDGE = "NetflixACAJudge-v1.0";
    private static final String NAME = "[A-Za-z0-9,_-]{1,200}";
    private static final List<String> SIZES =
            List.of("allowedIncrease", "allowedDecrease", "criticalIncrease", "criticalDecrease");
    private static final Set<String> KNOWN_ANALYSIS =
            Set.of("direction", "nanStrategy", "critical", "muted", "mustHaveData", "effectSize", "outliers");

    private final ImportSettings settings;
    private final CanaryConfig config;
    private final List<ImportFinding> findings = new ArrayList<>();
    private final Map<ImportedMetric, Integer> metrics = new LinkedHashMap<>();

    private KayentaImport(CanaryConfig config, ImportSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    /**
     * What was made of a canary config.
     *
     * @param name of the ReleasePolicy: the canary config's, by which Argo Rollouts asks for it
     * @param service of the policy
     * @param text SLOs and policy as YAML; empty when nothing could be mapped
     * @param findings in the order of the config
     */
    public record Imported(String name, String service, Optional<String> text, List<ImportFinding> findings) {
        /** Whether something of the canary config is not in the text. */
        public boolean incomplete() {
            return text.isEmpty() || findings.stream().anyMatch(ImportFinding::lost);
        }
    }

    /**
     * Reads a canary config and makes a policy of it.
     *
     * @throws CanaryConfigException when the text is no canary config, or of several applications and no service is named
     */
    public static Imported of(String json, ImportSettings settings) throws CanaryConfigException {
        return new KayentaImport(CanaryConfig.parse(json), settings).imported();
    }

    private Imported imported() throws CanaryConfigException {
        var service = service();
        var name = config.field("name").asText(service);
        if (!name.matches(NAME)) {
            throw new CanaryConfigException(
                    Math.max(1, config.line("name")),
                    "has the name " + RequestName.shown(name)
                            + "; legal, as in Kayenta: letters, digits, '-', '_' and ','");
        }
        judge();
        Set<String> taken = new HashSet<>();
        for (var part : config.metrics()) {
            metric(part, service, taken);
        }
        return new Imported(
                name,
                service,
                metrics.isEmpty() ? Optional.empty() : Optional.of(text(name, service)),
                List.copyOf(findings));
    }

    private String service() throws CanaryConfigException {
        if (settings.service().isPresent()) {
            return settings.service().get();
        }
        var applications = config.field("applications");
        if (applications.size() != 1) {
            throw new CanaryConfigException(
                    Math.max(1, config.line("applications")),
                    "has " + applications.size() + " applications; say with --service which service the policy is for");
        }
        return applications.path(0).asText();
    }

    private void judge() {
        var judge = config.field("judge");
        var judgeName = judge.path("name").asText(DEFAULT_JUDGE);
        if (!judgeName.equals(DEFAULT_JUDGE)) {
            lost(config.line("judge"), "judge", "is '" + judgeName + "'; only " + DEFAULT_JUDGE + " has a counterpart");
        }
        if (!judge.path("judgeConfigurations").isEmpty()) {
            lost(config.line("judge"), "judge.judgeConfigurations", "have no counterpart");
        }
    }

    private void metric(CanaryConfig.Part part, String service, Set<String> taken) {
        var name = part.node().path("name").asText("");
        var subject = "metric '" + name + "'";
        try {
            var metric = ImportedMetric.of(part.node(), config.field("templates"), slo(service, name, taken), settings);
            var label = armsLabel();
            if (label.isPresent() && !label.get().equals(metric.armsLabel())) {
                throw new NotMappedException(
                        "tells canary from stable by label '" + metric.armsLabel() + "', the metrics before it by '"
                                + label.get() + "'; name one that all have with --arms-label");
            }
            metrics.put(metric, part.line());
            settingsOf(metric, part, subject);
        } catch (NotMappedException e) {
            lost(part.line(), subject, e.why());
        }
    }

    private Optional<String> armsLabel() {
        return metrics.keySet().stream().map(ImportedMetric::armsLabel).findFirst();
    }

    /** What of a metric's settings has no counterpart, or not the same meaning. */
    private void settingsOf(ImportedMetric metric, CanaryConfig.Part part, String subject) {
        var scope = part.node().path("scopeName").asText("default");
        if (!scope.equals("default")) {
            lost(
                    part.line(),
                    subject,
                    "is of scope '" + scope + "'; a policy has one pair of canary and stable version");
        }
        var canary = metric.analysis();
        canary.fieldNames().forEachRemaining(key -> {
            if (!KNOWN_ANALYSIS.contains(key)) {
                lost(part.line(), subject, "has '" + key + "', which has no counterpart");
            }
        });
        if (canary.path("direction").asText("either").equals("either")) {
            note(
                    part.line(),
                    subject,
                    "fails in both directions in Kayenta; here more bad requests fail, fewer do not");
        }
        if (metric.ofGood() && !canary.path("effectSize").isEmpty()) {
            lost(
                    part.line(),
                    subject,
                    "has effect sizes of a ratio of good requests, which say nothing of the bad ones that are compared here; set effectSize by hand (docs/judges/mann-whitney.md)");
        }
        if (settings.sequential() && has(canary)) {
            note(part.line(), subject, "has settings of Kayenta's judge, which the sequential one has no use for");
        }
    }

    private static boolean has(JsonNode canary) {
        return canary.has("nanStrategy")
                || canary.has("mustHaveData")
                || canary.has("effectSize")
                || canary.has("outliers");
    }

    private static String slo(String service, String name, Set<String> taken) {
        var base = service + "-"
                + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var slo = base;
        for (int i = 2; !taken.add(slo); i++) {
            slo = base + "-" + i;
        }
        return slo;
    }

    private String text(String name, String service) {
        var text = new StringBuilder();
        text.append("# From Kayenta's canary config ").append(quoted(name)).append(".\n");
        text.append(
                "# A canary config promises nothing, so the targets are to be set: the ratio of good requests that users are promised.\n");
        metrics.keySet().forEach(metric -> text.append(slo(metric, service)).append("---\n"));
        text.append(policy(name, service));
        return text.toString();
    }

    private String slo(ImportedMetric metric, String service) {
        return """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: %s}
                spec:
                  service: %s
                  indicator:
                    spec:
                      ratioMetric:
                        counter: true
                        %s: {metricSource: {type: Prometheus, spec: {query: %s}}}
                        total: {metricSource: {type: Prometheus, spec: {query: %s}}}
                  timeWindow: [{duration: 30d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{target: %s}]
                """.formatted(
                        quoted(metric.slo()),
                        quoted(service),
                        metric.partIsBad() ? "bad" : "good",
                        quoted(metric.part().render()),
                        quoted(metric.total().render()),
                        settings.target());
    }

    private String policy(String name, String service) {
        var policy = new StringBuilder(
                """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: %s}
                spec:
                  service: %s
                  arms: {label: %s}
                  objectives:
                """.formatted(quoted(name), quoted(service), quoted(armsLabel().orElseThrow())));
        metrics.keySet().forEach(metric -> policy.append("    - {slo: ")
                .append(quoted(metric.slo()))
                .append(", severity: ")
                .append(severity(metric))
                .append("}\n"));
        return settings.sequential()
                ? policy.toString()
                : policy.append(score()).toString();
    }

    private static String severity(ImportedMetric metric) {
        if (metric.analysis().path("muted").asBoolean()) {
            return "informational";
        }
        return metric.analysis().path("critical").asBoolean() ? "critical" : "major";
    }

    private String score() {
        var text = new StringBuilder("  analysis:\n    judge: mann-whitney\n    mannWhitney:\n");
        var thresholds = config.field("classifier").path("scoreThresholds");
        number(text, "      ", "passScore", thresholds.path("pass"));
        number(text, "      ", "marginalScore", thresholds.path("marginal"));
        weights()
                .ifPresent(weights ->
                        text.append("      groupWeights: ").append(weights).append("\n"));
        text.append("      metrics:\n");
        metrics.forEach((metric, line) -> text.append(scoreOf(metric)));
        return text.toString();
    }

    /** The weights of the groups that are left; none when some are not, for what is left would be out of 100 no more. */
    private Optional<String> weights() {
        var weights = config.field("classifier").path("groupWeights");
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        Set<String> groups = new LinkedHashSet<>();
        metrics.keySet().stream()
                .filter(Predicate.not(metric -> severity(metric).equals("informational")))
                .forEach(metric -> groups.addAll(metric.groups()));
        var written = new StringJoiner(", ", "{", "}");
        for (var weight : weights.properties()) {
            if (!groups.contains(weight.getKey())) {
                lost(
                        config.line("classifier"),
                        "classifier.groupWeights",
                        "are left out, so that all groups weigh the same: no metric of group '" + weight.getKey()
                                + "' counts");
                return Optional.empty();
            }
            written.add(quoted(weight.getKey()) + ": " + plain(weight.getValue()));
        }
        return Optional.of(written.toString());
    }

    private String scoreOf(ImportedMetric metric) {
        var canary = metric.analysis();
        var entries = new StringJoiner(", ", "        " + quoted(metric.slo()) + ": {", "}\n");
        if (!metric.groups().isEmpty()) {
            var groups = new StringJoiner(", ", "groups: [", "]");
            metric.groups().forEach(group -> groups.add(quoted(group)));
            entries.add(groups.toString());
        }
        entries.add("direction: " + metric.direction());
        if (canary.has("nanStrategy")) {
            entries.add("nanStrategy: " + quoted(canary.path("nanStrategy").asText()));
        }
        if (canary.path("mustHaveData").asBoolean()) {
            entries.add("mustHaveData: true");
        }
        if (canary.path("outliers").path("strategy").asText("keep").equals("remove")) {
            entries.add("outlierFactor: " + plain(canary.path("outliers").path("outlierFactor"), "3"));
        }
        if (!metric.ofGood() && !canary.path("effectSize").isEmpty()) {
            entries.add(effect(canary.path("effectSize")));
        }
        return entries.toString();
    }

    private static String effect(JsonNode size) {
        var effect = new StringJoiner(", ", "effectSize: {", "}");
        if (size.has("measure")) {
            effect.add("measure: " + quoted(size.path("measure").asText()));
        }
        for (var key : SIZES) {
            if (size.path(key).isNumber()) {
                effect.add(key + ": " + plain(size.path(key)));
            }
        }
        return effect.toString();
    }

    private static void number(StringBuilder text, String indent, String key, JsonNode value) {
        if (value.isNumber()) {
            text.append(indent).append(key).append(": ").append(plain(value)).append("\n");
        }
    }

    private static String plain(JsonNode number, String otherwise) {
        return number.isNumber() ? plain(number) : otherwise;
    }

    private static String plain(JsonNode number) {
        return number.isNumber() ? number.decimalValue().stripTrailingZeros().toPlainString() : quoted(number.asText());
    }

    /** A text in YAML's single quotes, on one line. */
    private static String quoted(String text) {
        return "'" + text.replaceAll("\\s+", " ").strip().replace("'", "''") + "'";
    }

    private void lost(int line, String subject, String message) {
        findings.add(new ImportFinding(line, subject, message, true));
    }

    private void note(int line, String subject, String message) {
        findings.add(new ImportFinding(line, subject, message, false));
    }
}
