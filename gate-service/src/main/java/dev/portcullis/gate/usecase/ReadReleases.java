package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.DecisionNotFoundException;
import dev.portcullis.gate.release.Decisions;
import dev.portcullis.gate.release.RecordedDecision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.gate.rollback.Drill;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads releases and their decisions, by name or page by page. Thread-safe. */
public final class ReadReleases {
    private final Releases releases;
    private final Decisions decisions;
    private final RollbackRecord record;

    public ReadReleases(Releases releases, Decisions decisions, RollbackRecord record) {
        this.releases = releases;
        this.decisions = decisions;
        this.record = record;
    }

    /** @throws ReleaseNotFoundException when the text names none */
    public Release get(String name) {
        return ResourceName.ofRelease(name)
                .flatMap(parsed -> releases.find(parsed.release()))
                .filter(release -> release.name().equals(name))
                .orElseThrow(() -> new ReleaseNotFoundException(name));
    }

    /** @throws ReleaseNotFoundException when there is none of that id */
    public Release get(UUID id) {
        return releases.find(id).orElseThrow(() -> new ReleaseNotFoundException(id.toString()));
    }

    /** The latest run of the canary of a release. */
    public Release latestRun(Release release) {
        return releases.find(release.key()).orElse(release);
    }

    /** The last rehearsal of the rollback of a release's service; empty when there is none or it cannot be told just now. */
    public Optional<Drill> lastDrill(Release release) {
        return record.lastDrill(release.key().service());
    }

    /** How the rollback of a release stands; empty when there is none. */
    public Optional<RollbackStatus> rollback(Release release) {
        var note = release.rollback();
        return note.pending()
                ? Optional.of(RollbackStatus.ORDERED)
                : Optional.of(note.rollback()).filter(name -> !name.isEmpty()).map(record::status);
    }

    /** @throws DecisionNotFoundException when the text names none */
    public Decision decision(String name) {
        return ResourceName.ofDecision(name)
                .filter(parsed -> isReleaseOf(parsed))
                .flatMap(parsed -> parsed.decision().flatMap(id -> decisions.find(parsed.release(), id)))
                .orElseThrow(() -> new DecisionNotFoundException(name));
    }

    private boolean isReleaseOf(ResourceName parsed) {
        return releases.find(parsed.release())
                .filter(release -> release.key().service().equals(parsed.service()))
                .isPresent();
    }

    /** One page of releases. */
    public Page<Release> list(ReleaseFilter filter, OptionalLong before, int size) {
        return Page.of(releases.list(filter, before, size + 1), size, Release::number);
    }

    /** One page of the decisions of a release. */
    public Page<RecordedDecision> decisions(Release release, OptionalLong before, int size) {
        return Page.of(decisions.list(release.id(), before, size + 1), size, RecordedDecision::number);
    }
}
