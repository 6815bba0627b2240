package dev.portcullis.gate.console.release;

import dev.portcullis.gate.console.Mark;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Sentences;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Release;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a release.
 *
 * @param time when
 * @param mark of a decision; empty for anything else
 * @param icon the name of its icon
 * @param title what happened, in a few words
 * @param text the details, of a person his reason, of the gate the first sentence; may be empty
 * @param more the other sentences of the gate
 * @param actor who did it; empty for the gate itself
 */
public record TimelineEntry(
        Instant time,
        Moment moment,
        Optional<Mark> mark,
        String icon,
        String title,
        String text,
        List<String> more,
        String actor) {
    public TimelineEntry {
        title = PlainText.of(title);
        text = PlainText.of(text);
        more = List.copyOf(more);
        actor = PlainText.of(actor);
    }

    /** All of a release, the newest first. */
    static List<TimelineEntry> of(Release release, List<Decision> decisions, List<PromotionHold> holds, Instant now) {
        List<TimelineEntry> entries = new ArrayList<>();
        entries.add(opening(release, now));
        decisions.forEach(decision -> entries.add(decision(decision, now)));
        release.approvals().forEach(approval -> addApproval(entries, approval, now));
        holds.forEach(hold -> addHold(entries, hold, now));
        entries.sort(Comparator.comparing(TimelineEntry::time).reversed());
        return List.copyOf(entries);
    }

    private static TimelineEntry opening(Release release, Instant now) {
        var retry = release.start().retry();
        return event(
                release.start().time(),
                "open",
                retry.isPresent() ? "Tried again" : "Opened",
                retry.map(known -> known.reason()).orElse(""),
                retry.map(known -> known.actor()).orElse(release.start().opener()),
                now);
    }

    private static TimelineEntry decision(Decision decision, Instant now) {
        var origin = decision.origin();
        var mark = Mark.of(decision.outcome());
        var step = origin.map(Origin::step)
                .filter(text -> !text.isEmpty())
                .map(text -> " at step " + text)
                .orElse("");
        var person = origin.map(Origin::actor).filter(actor -> !actor.equals(Origin.GATE));
        var sentences = Sentences.of(decision.explanation());
        return new TimelineEntry(
                origin.map(Origin::time).orElse(now),
                Moment.of(origin.map(Origin::time).orElse(now), now),
                Optional.of(mark),
                mark.icon(),
                decision.reasons().getFirst() + step,
                person.map(actor -> origin.map(Origin::comment).orElse(""))
                        .orElse(sentences.isEmpty() ? "" : sentences.getFirst()),
                person.isPresent() || sentences.isEmpty() ? List.of() : sentences.subList(1, sentences.size()),
                person.orElse(""));
    }

    private static void addApproval(List<TimelineEntry> entries, Approval approval, Instant now) {
        entries.add(event(
                approval.time(),
                "approve",
                (approval.inAdvance() ? "Approved in advance" : "Approved")
                        + (approval.groups().isEmpty() ? "" : " for " + String.join(", ", approval.groups())),
                approval.reason(),
                approval.name(),
                now));
        approval.withdrawal()
                .ifPresent(withdrawal -> entries.add(event(
                        withdrawal.time(), "undo", "Approval withdrawn", withdrawal.reason(), approval.name(), now)));
    }

    private static void addHold(List<TimelineEntry> entries, PromotionHold hold, Instant now) {
        entries.add(event(hold.created(), "hold", "Held", hold.reason(), hold.creator(), now));
        hold.ending()
                .ifPresent(ending ->
                        entries.add(event(ending.time(), "resume", "Resumed", ending.reason(), ending.actor(), now)));
    }

    private static TimelineEntry event(
            Instant time, String icon, String title, String text, String actor, Instant now) {
        return new TimelineEntry(time, Moment.of(time, now), Optional.empty(), icon, title, text, List.of(), actor);
    }
}
