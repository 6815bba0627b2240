package dev.portcullis.gate.store;

import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.News;
import dev.portcullis.kit.document.DocumentColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The form of a message in messages.message. */
record StoredMessage(
        String id,
        String receiver,
        String event,
        String severity,
        boolean opening,
        List<String> ended,
        StoredSubject subject,
        String actor,
        String text,
        Optional<StoredFigures> figures,
        boolean rollbackWanted,
        Instant time) {
    static final DocumentColumn<Message> COLUMN =
            DocumentColumn.of("messages.message", 2, StoredMessage.class, StoredMessage::of, StoredMessage::message);

    /** The release. */
    record StoredSubject(
            String release,
            String service,
            String namespace,
            String rollout,
            String canary,
            String stable,
            String revision,
            String artifact,
            String rollback) {
        private static StoredSubject of(MessageSubject subject) {
            return new StoredSubject(
                    subject.release().toString(),
                    subject.service(),
                    subject.namespace(),
                    subject.rollout(),
                    subject.canary(),
                    subject.stable(),
                    subject.revision(),
                    subject.artifact(),
                    subject.rollback());
        }

        private MessageSubject subject() {
            return new MessageSubject(
                    UUID.fromString(release),
                    service,
                    namespace,
                    rollout,
                    canary,
                    stable,
                    revision,
                    artifact,
                    rollback);
        }
    }

    private static StoredMessage of(Message message) {
        var news = message.news();
        return new StoredMessage(
                message.id().toString(),
                message.receiver(),
                news.event().name(),
                message.severity().name(),
                message.opening(),
                message.ended().stream().map(MessageEvent::name).sorted().toList(),
                StoredSubject.of(news.subject()),
                news.actor(),
                news.text(),
                news.figures().map(StoredFigures::of),
                news.rollbackWanted(),
                news.time());
    }

    private Message message() {
        var news = new News(
                MessageEvent.valueOf(event),
                subject.subject(),
                actor,
                text,
                figures.map(StoredFigures::figures),
                rollbackWanted,
                time);
        var all = ended.stream().map(MessageEvent::valueOf).collect(Collectors.toSet());
        return new Message(UUID.fromString(id), receiver, news, MessageSeverity.valueOf(severity), opening, all);
    }
}
