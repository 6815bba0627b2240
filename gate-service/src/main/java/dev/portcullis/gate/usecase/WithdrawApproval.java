package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Withdrawal;
import dev.portcullis.kit.identity.Caller;
import java.util.Optional;

/** Keeps that somebody takes his approval of a release back, and has it judged anew at once. Thread-safe. */
public final class WithdrawApproval {
    private final ReadReleases readReleases;
    private final Releases releases;
    private final OriginFactory originFactory;

    public WithdrawApproval(ReadReleases readReleases, Releases releases, OriginFactory originFactory) {
        this.readReleases = readReleases;
        this.releases = releases;
        this.originFactory = originFactory;
    }

    /**
     * Withdraws it.
     *
     * @param name of the release
     * @throws dev.portcullis.gate.release.ReleaseEndedException when there is nothing left to decide
     * @throws dev.portcullis.gate.release.ApprovalNotFoundException when the caller has given none, or has withdrawn it
     */
    public Release withdraw(String name, Caller approver, String reason) {
        var release = readReleases.get(name);
        var withdrawn = releases.change(
                        release.id(),
                        current ->
                                Optional.of(current.withdrawn(approver, new Withdrawal(originFactory.now(), reason))))
                .orElseThrow(() -> new ReleaseNotFoundException(name));
        releases.reviewAt(release.id(), originFactory.now());
        return withdrawn;
    }
}
