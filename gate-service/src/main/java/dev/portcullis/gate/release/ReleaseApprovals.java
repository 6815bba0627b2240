package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.kit.identity.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people have said for a release, and what that becomes when somebody says more. Immutable. */
final class ReleaseApprovals {
    private final Release release;

    ReleaseApprovals(Release release) {
        this.release = release;
    }

    /**
     * With one more; one who has approved before renews that.
     *
     * @throws SelfApprovalException when he is the author
     */
    List<Approval> and(Approval approval) {
        var author = release.start().details().author();
        if (approval.isOf(author)) {
            throw new SelfApprovalException(release.name(), author);
        }
        return Stream.concat(
                        release.approvals().stream().filter(known -> !known.isOfSamePerson(approval)),
                        Stream.of(approval))
                .toList();
    }

    /**
     * With that of somebody taken back.
     *
     * @throws ApprovalNotFoundException when he has given none, or has taken it back already
     */
    List<Approval> without(Caller approver, Withdrawal withdrawal) {
        var all = release.approvals().stream()
                .map(approval ->
                        approval.stands() && isOf(approval, approver) ? approval.withdrawn(withdrawal) : approval)
                .toList();
        if (all.equals(release.approvals())) {
            throw new ApprovalNotFoundException(release.name(), approver.name());
        }
        return all;
    }

    /** That of the latest decision by somebody who is neither the author, nor who opened the release, nor the caller. */
    Optional<Approval> beside(Caller caller) {
        var involved =
                List.of(release.start().details().author(), release.start().opener(), caller.subject(), caller.name());
        return release.approvals().stream()
                .filter(Approval::stands)
                .filter(approval -> approval.decision().equals(release.latest().map(Decision::id)))
                .filter(approval -> involved.stream().noneMatch(approval::isOf))
                .findFirst();
    }

    private static boolean isOf(Approval approval, Caller caller) {
        return approval.isOf(caller.subject()) || approval.isOf(caller.name());
    }
}
