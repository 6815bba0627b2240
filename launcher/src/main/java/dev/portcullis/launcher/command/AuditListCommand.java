package dev.portcullis.launcher.command;

import dev.portcullis.launcher.audit.AuditClient;
import dev.portcullis.launcher.audit.AuditText;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code audit list}: the newest entries. */
@Command(name = "list", description = "Lists entries of the audit log, newest first.")
final class AuditListCommand extends AuditReadCommand {
    private static final int LARGEST_LIMIT = 10_000;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit = 20;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    void read(AuditClient client, ListAuditEntriesRequest.Builder wanted) {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new ParameterException(commandLine(), "--limit is '" + limit + "'; legal: 1 to " + LARGEST_LIMIT);
        }
        client.list(wanted.build(), limit, entry -> out().println(
                        output.isJson() ? ProtoJson.compact(entry) : AuditText.line(entry)));
    }
}
