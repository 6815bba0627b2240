package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.kit.identity.Caller;
import java.util.Optional;
import java.util.UUID;

/** Keeps that somebody approves an open release, and has it judged anew at once. Thread-safe. */
public final class ApproveRelease {
    private final ReadReleases readReleases;
    private final Releases releases;
    private final PromotionRules rules;
    private final OriginFactory originFactory;

    public ApproveRelease(
            ReadReleases readReleases, Releases releases, PromotionRules rules, OriginFactory originFactory) {
        this.readReleases = readReleases;
        this.releases = releases;
        this.rules = rules;
        this.originFactory = originFactory;
    }

    /**
     * Approves.
     *
     * @param name of the release
     * @param decision name of what was seen; empty for the latest decision
     * @throws dev.portcullis.gate.release.ReleaseEndedException when there is nothing left to decide
     * @throws dev.portcullis.gate.release.SelfApprovalException when the approver is the author
     */
    public Release approve(String name, String decision, Caller approver, String reason) {
        var release = readReleases.get(name);
        var seen = seen(release, decision);
        var approved = releases.change(
                        release.id(),
                        current -> Optional.of(current.approved(approval(current, seen, approver, reason))))
                .orElseThrow(() -> new ReleaseNotFoundException(name));
        releases.reviewAt(release.id(), originFactory.now());
        return approved;
    }

    private Optional<UUID> seen(Release release, String decision) {
        if (decision.isEmpty()) {
            return Optional.empty();
        }
        if (!decision.startsWith(release.name() + "/decisions/")) {
            throw new InvalidFieldException("decision", "is none of " + release.name());
        }
        return Optional.of(readReleases.decision(decision).id());
    }

    private Approval approval(Release current, Optional<UUID> seen, Caller approver, String reason) {
        var now = originFactory.now();
        return new Approval(
                approver.subject(),
                approver.issuer(),
                approver.name(),
                reason,
                now,
                seen.or(() -> current.latest().map(latest -> latest.id())),
                !current.mayPromote(),
                rules.groups(Promotion.of(current, now), approver.groups()),
                Optional.empty());
    }
}
