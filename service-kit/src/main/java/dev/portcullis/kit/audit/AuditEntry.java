package dev.portcullis.kit.audit;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.transparency.CanonicalJson;
import dev.portcullis.kit.transparency.EntryBundle;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that was done, as the audit log keeps it: one object of canonical JSON (RFC 8785). Immutable.
 *
 * @param time when, by the clock of the service
 * @param action what
 * @param actor who
 * @param service on whose release; empty when on none
 * @param object the resource it was done to, e.g. "services/checkout/releases/{uuid}"; empty when to none
 * @param outcome what came of it
 * @param why the reason a person gave, or the explanation of what decided; may be empty
 * @param more what only this kind of entry has, by the names in the JSON: texts, integers, booleans, lists and maps of these
 */
public record AuditEntry(
        Instant time,
        AuditAction action,
        AuditActor actor,
        Optional<String> service,
        Optional<String> object,
        Outcome outcome,
        String why,
        Map<String, ?> more) {
    /** What comes of an action. */
    public enum Outcome {
        /** It was done. */
        SUCCESS,
        /** It was refused. */
        DENIED
    }

    /** What somebody did to something that belongs to no release's service, e.g. a token. */
    public static AuditEntry done(
            Instant time, AuditAction action, AuditActor actor, String object, String why, Map<String, ?> more) {
        return new AuditEntry(time, action, actor, Optional.empty(), Optional.of(object), Outcome.SUCCESS, why, more);
    }

    /** The same with an id, by which the log takes it once however often it is handed over. */
    public AuditEntry identified(UUID id) {
        var all = new HashMap<String, Object>(more);
        all.put("id", id.toString());
        return new AuditEntry(time, action, actor, service, object, outcome, why, all);
    }

    /** Longer texts are cut: the rest of the entry has to fit beside them. In UTF-16 units, of which each takes at most six bytes in JSON. */
    private static final int LONGEST_WHY = 8_000;

    public AuditEntry {
        more = Map.copyOf(more);
    }

    /**
     * The bytes that the log keeps, whose hash is the leaf.
     *
     * @param surroundings in which it was done
     * @throws IllegalArgumentException when they are more than {@value EntryBundle#LONGEST}, which no log can keep
     */
    public byte[] body(AuditSurroundings surroundings) {
        var json = new HashMap<String, Object>(more);
        json.put("time", time.toString());
        json.put("action", action.name());
        json.put("actor", actor.json());
        service.ifPresent(name -> json.put("service", name));
        object.ifPresent(name -> json.put("object", name));
        json.put("outcome", outcome.name());
        json.put("why", PlainText.of(why.length() <= LONGEST_WHY ? why : cut(why)));
        json.putAll(surroundings.json());
        var body = CanonicalJson.of(json);
        if (body.length > EntryBundle.LONGEST) {
            throw new IllegalArgumentException("an entry of the audit log would have " + body.length + " bytes");
        }
        return body;
    }

    private static String cut(String text) {
        var end = Character.isHighSurrogate(text.charAt(LONGEST_WHY - 1)) ? LONGEST_WHY - 1 : LONGEST_WHY;
        return text.substring(0, end) + "...";
    }
}
