package dev.portcullis.gate.console.release;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Fact;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.release.Release;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What is known of a release, as facts with their names; what nobody has told is left out. Stateless. */
final class ReleaseFacts {
    private static final int DIGITS = 3;
    private static final int RATE_DIGITS = 4;

    private ReleaseFacts() {}

    /** What people read. */
    static List<Fact> known(Release release) {
        List<Fact> facts = new ArrayList<>();
        var key = release.key();
        var details = release.start().details();
        release.current().ifPresent(decision -> addFigures(facts, decision));
        add(facts, "Stable version", release.start().stable());
        add(facts, "Rollout", key.namespace().isEmpty() ? key.rollout() : key.namespace() + "/" + key.rollout());
        facts.add(Fact.text("Run", String.valueOf(release.start().run())));
        if (release.start().dryRun()) {
            facts.add(Fact.text("Dry run", "nobody goes by its decisions"));
        }
        add(facts, "Opened by", release.start().opener());
        add(facts, "Artifact", details.artifact());
        add(facts, "Ticket", details.ticket());
        add(facts, "Author", details.author());
        details.labels().forEach((name, value) -> facts.add(Fact.text(name, value)));
        details.rules().forEach(rule -> facts.add(Fact.code("Rule " + rule.name(), rule.text())));
        return List.copyOf(facts);
    }

    private static void addFigures(List<Fact> facts, Decision decision) {
        var evidence = decision.figures().evidence();
        if (decision.windows() >= 0) {
            facts.add(Fact.text("Windows judged", String.valueOf(decision.windows())));
            facts.add(Fact.text("Evidence against", odds(evidence.fail(), "abort", evidence.failThreshold())));
            facts.add(Fact.text("Evidence for", odds(evidence.pass(), "promote", evidence.passThreshold())));
        }
        addArms(facts, decision.figures());
        decision.measuring().ifPresent(state -> facts.add(Fact.text("Measuring", state.name())));
    }

    private static String odds(double ratio, String action, double threshold) {
        return number(ratio) + " : 1 (" + action + " at " + number(threshold) + " : 1)";
    }

    private static String number(double ratio) {
        return NumberText.rounded(ratio, DIGITS, RoundingMode.HALF_UP);
    }

    private static void addArms(List<Fact> facts, Figures figures) {
        var rate = figures.successRate();
        if (rate.canary() >= 0) {
            facts.add(Fact.text(
                    "Good requests",
                    "canary " + NumberText.percent(rate.canary(), RATE_DIGITS)
                            + (rate.baseline() >= 0
                                    ? ", stable " + NumberText.percent(rate.baseline(), RATE_DIGITS)
                                    : "")));
        }
    }

    /** What is copied into a ticket, a query or a terminal. */
    static List<Fact> record(Release release) {
        List<Fact> facts = new ArrayList<>();
        var name = release.name();
        facts.add(Fact.code("Release", name));
        addCode(facts, "Analysis", release.analysis());
        release.latest().ifPresent(decision -> addDecision(facts, name, decision));
        addCode(facts, "Rollback", release.rollback().rollback());
        facts.add(Fact.code("curl", curl(release)));
        facts.add(Fact.code(
                "grpcurl",
                "grpcurl -plaintext -d " + quoted("{\"name\":" + json(name) + "}")
                        + " 127.0.0.1:9102 portcullis.gate.v1.GateService/GetRelease"));
        return List.copyOf(facts);
    }

    private static void addDecision(List<Fact> facts, String name, Decision decision) {
        decision.origin().ifPresent(origin -> {
            facts.add(Fact.code("Decision", name + "/decisions/" + origin.id()));
            addCode(facts, "Trace", origin.traceId());
            if (!origin.actor().equals(Origin.GATE)) {
                facts.add(Fact.text("Decided by", origin.actor()));
            }
        });
        decision.policy().ifPresent(policy -> {
            facts.add(Fact.text("Policy", policy.name()));
            facts.add(Fact.code("Policy SHA-256", policy.hash()));
        });
    }

    private static String curl(Release release) {
        var key = release.key();
        List<String> parameters = new ArrayList<>();
        addParameter(parameters, "service", key.service());
        addParameter(parameters, "namespace", key.namespace());
        addParameter(parameters, "rollout", key.rollout());
        addParameter(parameters, "canary", key.canary());
        addParameter(parameters, "stable", release.start().stable());
        addParameter(parameters, "revision", key.revision());
        return "curl " + quoted("http://127.0.0.1:8080/v1/argo?" + String.join("&", parameters));
    }

    private static void addParameter(List<String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.add(name + "=" + ConsolePath.segment(value));
        }
    }

    /** One word of a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void add(List<Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(Fact.text(label, value));
        }
    }

    private static void addCode(List<Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(Fact.code(label, value));
        }
    }
}
