package dev.portcullis.gate.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.kit.document.DocumentColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The form of what people have said for a release, in releases.approvals. */
final class StoredApprovals {
    private static final DocumentColumn<List<Approval>> COLUMN = DocumentColumn.of(
            "releases.approvals",
            2,
            new TypeReference<List<StoredApproval>>() {},
            approvals -> approvals.stream().map(StoredApproval::of).toList(),
            stored -> stored.stream().map(StoredApproval::approval).toList());

    private StoredApprovals() {}

    /** One person. */
    record StoredApproval(
            String subject,
            String issuer,
            String name,
            String reason,
            Instant time,
            Optional<UUID> decision,
            boolean inAdvance) {
        private static StoredApproval of(Approval approval) {
            return new StoredApproval(
                    approval.subject(),
                    approval.issuer(),
                    approval.name(),
                    approval.reason(),
                    approval.time(),
                    approval.decision(),
                    approval.inAdvance());
        }

        private Approval approval() {
            return new Approval(subject, issuer, name, reason, time, decision, inAdvance);
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
