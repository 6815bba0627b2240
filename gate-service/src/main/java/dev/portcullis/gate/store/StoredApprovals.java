package dev.portcullis.gate.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Withdrawal;
import dev.portcullis.kit.document.DocumentColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The form of what people have said for a release, in releases.approvals. */
final class StoredApprovals {
    private static final DocumentColumn<List<Approval>> COLUMN =
            DocumentColumn.<List<Approval>, List<StoredApproval>>of(
                            "releases.approvals",
                            4,
                            new TypeReference<List<StoredApproval>>() {},
                            approvals ->
                                    approvals.stream().map(StoredApproval::of).toList(),
                            stored -> stored.stream()
                                    .map(StoredApproval::approval)
                                    .toList())
                    .before(3, new TypeReference<List<Version3>>() {}, stored -> stored.stream()
                            .map(Version3::approval)
                            .toList())
                    .before(2, new TypeReference<List<Version2>>() {}, stored -> stored.stream()
                            .map(Version2::approval)
                            .toList());

    private StoredApprovals() {}

    /** One person, when nobody could take anything back. */
    record Version2(
            String subject,
            String issuer,
            String name,
            String reason,
            Instant time,
            Optional<UUID> decision,
            boolean inAdvance) {
        private Approval approval() {
            return new Approval(subject, issuer, name, reason, time, decision, inAdvance);
        }
    }

    /** One person, when groups were not kept. */
    record Version3(
            String subject,
            String issuer,
            String name,
            String reason,
            Instant time,
            Optional<UUID> decision,
            boolean inAdvance,
            Optional<StoredWithdrawal> withdrawal) {
        private Approval approval() {
            return new StoredApproval(subject, issuer, name, reason, time, decision, inAdvance, List.of(), withdrawal)
                    .approval();
        }
    }

    /** That he has taken it back. */
    record StoredWithdrawal(Instant time, String reason) {}

    /** One person. */
    record StoredApproval(
            String subject,
            String issuer,
            String name,
            String reason,
            Instant time,
            Optional<UUID> decision,
            boolean inAdvance,
            List<String> groups,
            Optional<StoredWithdrawal> withdrawal) {
        private static StoredApproval of(Approval approval) {
            return new StoredApproval(
                    approval.subject(),
                    approval.issuer(),
                    approval.name(),
                    approval.reason(),
                    approval.time(),
                    approval.decision(),
                    approval.inAdvance(),
                    approval.groups(),
                    approval.withdrawal().map(how -> new StoredWithdrawal(how.time(), how.reason())));
        }

        private Approval approval() {
            return new Approval(
                    subject,
                    issuer,
                    name,
                    reason,
                    time,
                    decision,
                    inAdvance,
                    groups,
                    withdrawal.map(how -> new Withdrawal(how.time(), how.reason())));
        }
    }

    /** Nothing is stored where nobody has said anything, which is most of the rows. */
    static Optional<String> write(List<Approval> approvals) {
        return approvals.isEmpty() ? Optional.empty() : Optional.of(COLUMN.write(approvals));
    }

    static List<Approval> read(@Nullable String stored, String row) {
        return stored == null ? List.of() : COLUMN.read(stored, row);
    }
}
