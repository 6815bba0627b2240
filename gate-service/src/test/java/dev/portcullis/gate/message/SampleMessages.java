package dev.portcullis.gate.message;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages as they are. Each has an id and a release of its own. */
public final class SampleMessages {
    private static final Instant TIME = Instant.parse("2026-03-01T11:59:00.123456Z");
    private static final Figures FIGURES = Figures.about(
            "checkout-availability",
            new Figures.Ratios(699, 0.001, 100, 20),
            List.of(
                    new ObjectiveFigures(
                            "checkout-latency",
                            new Figures.Arms(1_200, 10_800),
                            new Figures.Arms(3, 20),
                            new Figures.Arms(0.9975, 0.998),
                            new Figures.Arms(1, 1)),
                    new ObjectiveFigures(
                            "checkout-availability",
                            new Figures.Arms(1_200, 10_800),
                            new Figures.Arms(48, 6),
                            new Figures.Arms(0.96, 0.9994),
                            new Figures.Arms(40, 0.6))));

    private SampleMessages() {}

    /** One that opens what can be opened, and ends what can be ended. */
    public static Message of(MessageEvent event) {
        return message(event, "checkout", "7d9c8", "checkout-availability: 48 of 1,200 requests failed.");
    }

    /** The same with another service and canary. */
    public static Message named(MessageEvent event, String name) {
        return message(event, name, name, "The canary " + name + " fails.");
    }

    /** The same with another text. */
    public static Message told(MessageEvent event, String text) {
        return message(event, "checkout", "7d9c8", text);
    }

    private static Message message(MessageEvent event, String service, String canary, String text) {
        var subject = new MessageSubject(
                UUID.randomUUID(),
                service,
                "shop",
                "checkout",
                canary,
                "5b6f4",
                "v42",
                "registry.example/shop/checkout:v42@sha256:" + "0f".repeat(32),
                event.name().startsWith("ROLLBACK") ? "rollbacks/" + UUID.randomUUID() : "");
        var figures = event.name().startsWith("ROLLBACK") ? Optional.<Figures>empty() : Optional.of(FIGURES);
        var news = new News(event, subject, "gate", text, figures, true, TIME);
        return new Message(UUID.randomUUID(), "someone", news, event.usualSeverity(), event.opens(), event.ends());
    }

    /** Another event of the same release. */
    public static Message following(Message earlier, MessageEvent event) {
        var news = earlier.news();
        var next = new News(
                event,
                news.subject().with("rollbacks/" + UUID.randomUUID()),
                "gate",
                "what happened then",
                Optional.empty(),
                true,
                TIME.plusSeconds(60));
        return new Message(UUID.randomUUID(), "someone", next, event.usualSeverity(), event.opens(), event.ends());
    }

    /** Something that happened to a release. */
    public static News about(UUID release, MessageEvent event, Instant time) {
        var news = of(event).news();
        var subject = news.subject();
        var same = new MessageSubject(
                release,
                subject.service(),
                subject.namespace(),
                subject.rollout(),
                subject.canary(),
                subject.stable(),
                subject.revision(),
                subject.artifact(),
                subject.rollback());
        return new News(event, same, news.actor(), news.text(), news.figures(), true, time);
    }
}
