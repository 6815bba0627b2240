package dev.portcullis.gate.message;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of messages, without any markup. Stateless. */
public final class MessageText {
    private static final int DIGITS = 2;

    private MessageText() {}

    /** What happened, in a line: "checkout: canary 7d9c8 was aborted". */
    public static String title(News news) {
        var subject = news.subject();
        return subject.service() + ": "
                + switch (news.event()) {
                    case RELEASE_ABORTED -> "canary " + subject.canary() + " was aborted" + by(news);
                    case RELEASE_FAILED ->
                        "canary " + subject.canary() + " failed, and serves users until a person decides";
                    case RELEASE_PROMOTED -> "canary " + subject.canary() + " may be promoted" + by(news);
                    case RELEASE_ENDED -> "canary " + subject.canary() + " is judged no more";
                    case PROMOTION_WAITS -> "the promotion of canary " + subject.canary() + " waits for a person";
                    case ROLLBACK_REFUSED ->
                        "no rollback was started, take canary " + subject.canary() + " back by hand";
                    case ROLLBACK_NEEDS_HUMAN -> rollback(subject) + " needs a person";
                    case ROLLBACK_FAILED -> rollback(subject) + " failed";
                    case ROLLBACK_CANCELLED -> rollback(subject) + " was cancelled";
                    case ROLLBACK_SUCCEEDED -> "rolled back" + to(subject);
                };
    }

    private static String by(News news) {
        if (news.actor().equals(Origin.GATE)) {
            return "";
        }
        // Where callers need not be known, nobody knows who it was.
        return news.actor().equals(Caller.LOCAL.name()) ? " by hand" : " by " + news.actor();
    }

    private static String rollback(MessageSubject subject) {
        return "the rollback" + to(subject);
    }

    private static String to(MessageSubject subject) {
        return subject.stable().isEmpty() ? "" : " to " + subject.stable();
    }

    /** One of the figures. */
    public record Figure(String label, String value) {}

    /** The figures to show, the objective that it is about first. */
    public static List<Figure> figures(News news) {
        return news.figures().map(MessageText::figures).orElseGet(List::of);
    }

    private static List<Figure> figures(Figures figures) {
        List<Figure> found = new ArrayList<>();
        figures.objectives().stream()
                .filter(one -> one.slo().equals(figures.objective()))
                .forEach(one -> found.add(figure(one)));
        figures.objectives().stream()
                .filter(one -> !one.slo().equals(figures.objective()))
                .forEach(one -> found.add(figure(one)));
        var evidence = figures.evidence();
        found.add(new Figure(
                "evidence",
                "against " + ratio(evidence.fail()) + " (abort at " + ratio(evidence.failThreshold()) + "), for "
                        + ratio(evidence.pass()) + " (promote at " + ratio(evidence.passThreshold()) + ")"));
        return List.copyOf(found);
    }

    private static Figure figure(ObjectiveFigures one) {
        var canary = arm("canary", one.badRequests().canary(), one.requests().canary());
        var stable = arm("stable", one.badRequests().baseline(), one.requests().baseline());
        return new Figure(
                one.slo(),
                canary.orElse("canary: nothing counted")
                        + stable.map(text -> "; " + text).orElse(""));
    }

    private static Optional<String> arm(String name, double bad, double requests) {
        return requests > 0
                ? Optional.of(name + ": " + count(bad) + " of " + count(requests) + " requests bad ("
                        + NumberText.percent(bad / requests, DIGITS) + ")")
                : Optional.empty();
    }

    private static String count(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    /** Odds for people. */
    static String ratio(double evidence) {
        return NumberText.rounded(evidence, DIGITS, RoundingMode.HALF_UP) + " : 1";
    }

    /** What to type to see more, where there is no page to open. */
    public static List<String> commands(MessageSubject subject) {
        List<String> commands = new ArrayList<>();
        commands.add("./portcullis release why " + subject.release());
        if (!subject.rollback().isEmpty()) {
            commands.add("grpcurl -plaintext -d '{\"name\":\"" + subject.rollback()
                    + "\"}' 127.0.0.1:9103 portcullis.rollback.v1.RollbackService/GetRollback");
        }
        return List.copyOf(commands);
    }

    /** The text up to so many UTF-16 code units, with "..." in place of what is left out; no half of a character. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = most - 3;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "...";
    }
}
