package dev.portcullis.launcher.command;

import dev.portcullis.launcher.audit.AuditClient;
import dev.portcullis.launcher.audit.ExportLine;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit export}: entries with their proofs, as {@code audit verify} takes them. */
@Command(
        name = "export",
        description =
                "Prints entries of the audit log with their proofs, a JSON object a line, newest first; without a filter all of"
                        + " them. Those of the last second or two have no proof yet and are left out.")
final class AuditExportCommand extends AuditReadCommand {
    @Option(
            names = "--witnessed",
            description =
                    "Proves them by the newest checkpoint that all witnesses have cosigned; entries since then are left out.")
    private boolean witnessed;

    @Override
    void read(AuditClient client, ListAuditEntriesRequest.Builder wanted) {
        var left = new AtomicLong();
        client.list(wanted.setProofs(true).setWitnessed(witnessed).build(), Long.MAX_VALUE, entry -> {
            if (entry.getProof().isEmpty()) {
                left.incrementAndGet();
            } else {
                out().println(ExportLine.of(entry));
            }
        });
        if (left.get() > 0) {
            commandLine().getErr().println(left.get() + " entries have no proof yet and were left out");
        }
    }
}
