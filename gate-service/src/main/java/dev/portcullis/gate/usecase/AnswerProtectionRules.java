package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.github.GitHubApi;
import dev.portcullis.gate.github.GitHubApi.Review;
import dev.portcullis.gate.github.GitHubApiException;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.github.GitHubApps;
import dev.portcullis.gate.github.ProtectedEnvironment;
import dev.portcullis.gate.github.ProtectionRule;
import dev.portcullis.gate.github.ProtectionRules;
import dev.portcullis.gate.github.ProtectionRules.End;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of GitHub that wait: allows a deployment at PROMOTE, refuses it at ABORT, and reports a HOLD when its reasons change. What GitHub does not
 * take is tried again for as long as GitHub waits. Thread-safe.
 */
public final class AnswerProtectionRules {
    /** Between two looks at a request that is held. */
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A replica that dies with requests in its hands has them taken over after this; above the limit of all calls about one. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LONGEST_DOUBLING = 10;
    /** GitHub fails a job that has waited for so long. */
    private static final Duration KEPT_WAITING = Duration.ofDays(30);
    /** GitHub takes ten. */
    private static final int MOST_REPORTS = 10;

    private static final int BATCH = 20;
    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~@&]");
    private static final Logger LOG = LoggerFactory.getLogger(AnswerProtectionRules.class);

    private final ProtectionRules rules;
    private final GitHubApps apps;
    private final GitHubApi api;
    private final EvaluateGate gate;
    private final Traces traces;
    private final Clock clock;

    public AnswerProtectionRules(
            ProtectionRules rules, GitHubApps apps, GitHubApi api, EvaluateGate gate, Traces traces, Clock clock) {
        this.rules = rules;
        this.apps = apps;
        this.api = api;
        this.gate = gate;
        this.traces = traces;
        this.clock = clock;
    }

    /** Looks at what is due; does nothing while no app is configured. */
    public void answerDue() {
        var app = apps.current();
        if (app.isEmpty()) {
            return;
        }
        var now = clock.instant();
        for (var rule : rules.take(now, now.plus(LEASE), BATCH)) {
            traces.continuing(rule.traceparent(), "answer protection rule", () -> {
                answer(app.get(), rule);
                return rule;
            });
        }
    }

    private void answer(GitHubApp app, ProtectionRule rule) {
        if (rule.receivedAt().plus(KEPT_WAITING).isBefore(clock.instant())) {
            close(rule, End.GONE, "has waited for 30 days");
            return;
        }
        var environment = app.find(rule.repository(), rule.environment());
        if (environment.isEmpty()) {
            var text =
                    "Portcullis is not told what to decide this environment by: its configuration names no environment '"
                            + rule.environment() + "' of " + rule.repository() + ".";
            report(app, rule, Optional.empty(), "not configured", escaped(text));
            return;
        }
        Evaluation evaluation;
        try {
            evaluation = gate.evaluate(question(environment.get(), rule), System.nanoTime());
        } catch (InvalidFieldException e) {
            report(
                    app,
                    rule,
                    Optional.empty(),
                    "refused",
                    escaped("The question is refused: " + e.field() + " " + e.fault()));
            return;
        } catch (ReleaseNotFoundException e) {
            report(app, rule, Optional.empty(), "not kept", escaped(e.name() + " is no longer kept."));
            return;
        }
        tell(app, rule, evaluation);
    }

    private static GateRequest question(ProtectedEnvironment environment, ProtectionRule rule) {
        var stage = Stage.of(environment.stage());
        var key = new ReleaseKey(environment.service(), "", "", rule.sha(), rule.sha());
        return new GateRequest(key, "", environment.stage(), stage, false, rule.release());
    }

    private void tell(GitHubApp app, ProtectionRule rule, Evaluation evaluation) {
        var release = evaluation.release().map(Release::id);
        var reasons = evaluation.decision().reasons().stream()
                .map(DecisionReason::name)
                .collect(Collectors.joining(", "));
        var outcome = evaluation.decision().outcome();
        var text = "**" + outcome + "** (" + escaped(reasons) + ") "
                + escaped(evaluation.decision().explanation());
        if (outcome == Outcome.HOLD) {
            report(app, rule, release, reasons, text);
            return;
        }
        var promoted = outcome == Outcome.PROMOTE;
        try {
            api.review(app, rule, promoted ? Review.APPROVED : Review.REJECTED, cut(text));
            close(rule, promoted ? End.APPROVED : End.REJECTED, outcome + " (" + reasons + ")");
        } catch (GitHubApiException e) {
            failed(rule, release, e);
        }
    }

    /** One report for a change of reasons, as long as GitHub takes any. */
    private void report(GitHubApp app, ProtectionRule rule, Optional<UUID> release, String reasons, String text) {
        if (reasons.equals(rule.reported()) || rule.reports() >= MOST_REPORTS) {
            rules.postpone(rule, release, 0, next(LOOK));
            return;
        }
        try {
            api.review(app, rule, Review.REPORT, cut(text));
            rules.reported(rule, reasons, release, next(LOOK));
        } catch (GitHubApiException e) {
            failed(rule, release, e);
        }
    }

    private void failed(ProtectionRule rule, Optional<UUID> release, GitHubApiException fault) {
        if (fault.gone()) {
            close(rule, End.GONE, fault.fault());
            return;
        }
        var doublings = Math.min(rule.failures(), LONGEST_DOUBLING);
        var pause = LOOK.multipliedBy(1L << doublings);
        LOG.warn("{}: {}; tried again", rule.shown(), fault.fault());
        rules.postpone(
                rule, release, rule.failures() + 1, next(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    private void close(ProtectionRule rule, End end, String why) {
        LOG.info("{}: {}, {}", rule.shown(), end, why);
        rules.close(rule, end, clock.instant());
    }

    private Instant next(Duration pause) {
        return clock.instant().plus(pause);
    }

    /** Names of services and SLOs as text, not as markup: a mention would call people. */
    private static String escaped(String text) {
        return MARKDOWN.matcher(text)
                .replaceAll(found -> "&#" + (int) found.group().charAt(0) + ";");
    }

    /** No half of a character, nor of one that is written as a number, at the end. */
    private static String cut(String text) {
        if (text.length() <= GitHubApi.LONGEST_COMMENT) {
            return text;
        }
        var end = GitHubApi.LONGEST_COMMENT - 3;
        var begun = text.lastIndexOf("&#", end - 1);
        if (begun >= 0 && text.indexOf(';', begun) >= end) {
            end = begun;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "...";
    }
}
