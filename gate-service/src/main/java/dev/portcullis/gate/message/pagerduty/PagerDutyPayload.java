package dev.portcullis.gate.message.pagerduty;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.message.MessageText;

/** What an alert shows, within PagerDuty's limits: a summary of 1,024 characters, and far below 512 KB in all. Stateless. */
final class PagerDutyPayload {
    private static final int LONGEST_SUMMARY = 1_024;
    private static final int LONGEST_TEXT = 8_000;
    private static final int MOST_FIGURES = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PagerDutyPayload() {}

    static ObjectNode of(Draft draft) {
        var message = draft.message();
        var news = message.news();
        var subject = message.subject();
        var payload = JSON.createObjectNode()
                .put("summary", MessageText.cut(summary(draft), LONGEST_SUMMARY))
                .put("source", subject.service())
                .put("severity", severity(message.severity()))
                .put("timestamp", news.time().toString())
                .put("component", subject.service())
                .put("class", message.event().word());
        var details = payload.putObject("custom_details")
                .put("severity", message.severity().name())
                .put("release", subject.name())
                .put("canary", subject.canary())
                .put("stable", subject.stable())
                .put("revision", subject.revision())
                .put("text", MessageText.cut(news.text(), LONGEST_TEXT));
        if (!subject.rollback().isEmpty()) {
            details.put("rollback", subject.rollback());
        }
        draft.links().runbook(message.event()).ifPresent(url -> details.put("runbook", url));
        var figures = details.putObject("figures");
        MessageText.figures(news).stream()
                .limit(MOST_FIGURES)
                .forEach(figure -> figures.put(figure.label(), figure.value()));
        var commands = details.putArray("commands");
        MessageText.commands(subject).forEach(commands::add);
        return payload;
    }

    private static String summary(Draft draft) {
        var news = draft.message().news();
        return MessageText.title(news) + ". " + news.text();
    }

    private static String severity(MessageSeverity severity) {
        return switch (severity) {
            case SEV1 -> "critical";
            case SEV2 -> "error";
            case SEV3 -> "warning";
            case SEV4, SEV5 -> "info";
        };
    }

    static ArrayNode links(Draft draft) {
        var links = JSON.createArrayNode();
        var subject = draft.message().subject();
        draft.links().runbook(draft.message().event()).ifPresent(url -> link(links, url, "Runbook"));
        draft.links().release(subject).ifPresent(url -> link(links, url, "Release"));
        draft.links().rollback(subject).ifPresent(url -> link(links, url, "Rollback"));
        return links;
    }

    private static void link(ArrayNode links, String url, String text) {
        links.addObject().put("href", url).put("text", text);
    }
}
