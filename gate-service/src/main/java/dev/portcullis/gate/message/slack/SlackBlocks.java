package dev.portcullis.gate.message.slack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageChart;
import dev.portcullis.gate.message.MessageLinks;
import dev.portcullis.gate.message.MessageText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message as blocks of Slack's Block Kit, within its limits: a header of 150 characters, sections of 3,000, ten fields of 2,000, buttons of 75 with addresses of
 * 3,000. Stateless.
 */
final class SlackBlocks {
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_TEXT = 3_000;
    private static final int LONGEST_FIELD = 2_000;
    private static final int LONGEST_ADDRESS = 3_000;
    private static final int MOST_FIELDS = 10;
    private static final String FENCE = "```";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SlackBlocks() {}

    static ArrayNode of(Draft draft) {
        var message = draft.message();
        var blocks = JSON.createArrayNode();
        blocks.addObject().put("type", "header").set("text", plain(MessageText.title(message.news()), LONGEST_HEADER));
        var text = message.news().text();
        if (!text.isBlank()) {
            blocks.addObject().put("type", "section").set("text", marked(SlackText.escaped(text, LONGEST_TEXT)));
        }
        figures(message).ifPresent(blocks::add);
        chart(message).ifPresent(blocks::add);
        context(draft).ifPresent(blocks::add);
        buttons(message, draft.links()).ifPresent(blocks::add);
        return blocks;
    }

    private static ObjectNode plain(String text, int most) {
        return JSON.createObjectNode()
                .put("type", "plain_text")
                .put("text", SlackText.escaped(text, most))
                .put("emoji", false);
    }

    /** Markup that is ours; {@code verbatim} keeps Slack from making links of what looks like one. */
    private static ObjectNode marked(String markup) {
        return JSON.createObjectNode().put("type", "mrkdwn").put("text", markup).put("verbatim", true);
    }

    private static Optional<ObjectNode> figures(Message message) {
        var figures = MessageText.figures(message.news());
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        var section = JSON.createObjectNode().put("type", "section");
        var fields = section.putArray("fields");
        figures.stream()
                .limit(MOST_FIELDS)
                .map(figure -> SlackText.escaped(figure.label() + "\n" + figure.value(), LONGEST_FIELD))
                .forEach(text -> fields.add(marked(text)));
        return Optional.of(section);
    }

    /** In Slack's code block, which has a font of fixed width. */
    private static Optional<ObjectNode> chart(Message message) {
        var lines = MessageChart.lines(message.news());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var section = JSON.createObjectNode().put("type", "section");
        section.set(
                "text",
                marked(FENCE + SlackText.escaped(String.join("\n", lines), LONGEST_TEXT - 2 * FENCE.length()) + FENCE));
        return Optional.of(section);
    }

    /** Severity, versions and runbook, and the commands where there is no page to open. */
    private static Optional<ObjectNode> context(Draft draft) {
        var message = draft.message();
        var subject = message.subject();
        var line = new StringBuilder(message.severity().name());
        line.append(" · revision ").append(SlackText.escaped(subject.revision(), LONGEST_FIELD / 4));
        if (!subject.stable().isEmpty()) {
            line.append(" · stable ").append(SlackText.escaped(subject.stable(), LONGEST_FIELD / 4));
        }
        draft.links()
                .runbook(message.event())
                .filter(url -> url.length() <= LONGEST_FIELD / 4)
                .ifPresent(url -> line.append(" · <").append(url).append("|runbook>"));
        if (draft.links().release(subject).isEmpty()) {
            MessageText.commands(subject).forEach(command -> line.append("\n`")
                    .append(SlackText.escaped(command, LONGEST_FIELD / 4))
                    .append('`'));
        }
        var block = JSON.createObjectNode().put("type", "context");
        block.putArray("elements").add(marked(line.toString()));
        return Optional.of(block);
    }

    private static Optional<ObjectNode> buttons(Message message, MessageLinks links) {
        var subject = message.subject();
        var buttons = JSON.createArrayNode();
        links.release(subject).ifPresent(url -> button(buttons, "Release", url));
        links.rollback(subject).ifPresent(url -> button(buttons, "Rollback", url));
        if (buttons.isEmpty()) {
            return Optional.empty();
        }
        var block = JSON.createObjectNode().put("type", "actions");
        block.set("elements", buttons);
        return Optional.of(block);
    }

    private static void button(ArrayNode buttons, String label, String url) {
        if (url.length() <= LONGEST_ADDRESS) {
            buttons.addObject()
                    .put("type", "button")
                    .put("action_id", label.toLowerCase(Locale.ROOT))
                    .put("url", url)
                    .set("text", plain(label, LONGEST_HEADER / 2));
        }
    }

    /** The line that notifications and clients without blocks show. */
    static String fallback(Message message) {
        return SlackText.escaped(
                String.join(
                        ". ",
                        List.of(
                                MessageText.title(message.news()),
                                message.news().text())),
                LONGEST_TEXT);
    }
}
