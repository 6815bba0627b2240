package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which entries of the audit log are wanted. */
final class AuditFilterOptions {
    @Option(names = "--service", paramLabel = "SERVICE", description = "Only about releases of this service.")
    private String service = "";

    @Option(
            names = "--release",
            paramLabel = "NAME",
            description = "Only about this release, services/SERVICE/releases/UUID.")
    private String release = "";

    @Option(names = "--actor", paramLabel = "NAME", description = "Only what was done by this one.")
    private String actor = "";

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this: ${COMPLETION-CANDIDATES}.")
    private @Nullable Action action;

    /** The actions, as the contract names them. */
    enum Action {
        DECIDE,
        PROMOTE_RELEASE,
        ABORT_RELEASE,
        END_RELEASE,
        ORDER_ROLLBACK,
        READ_AUDIT_LOG,
        START_SERVICE,
        STOP_SERVICE,
        REFUSE_CALLS,
        CHANGE_CONFIGURATION,
        CREATE_TOKEN,
        REVOKE_TOKEN,
        START_ROLLBACK,
        CANCEL_ROLLBACK,
        CANCEL_ANALYSIS,
        DESCRIBE_RELEASE
    }

    /** @throws ParameterException when one of them is not legal */
    ListAuditEntriesRequest.Builder request(CommandLine command) {
        checked(command, "--service", service);
        checked(command, "--actor", actor);
        return ListAuditEntriesRequest.newBuilder()
                .setService(service)
                .setObject(release)
                .setActor(actor)
                .setAction(action == null ? AuditAction.AUDIT_ACTION_UNSPECIFIED : AuditAction.valueOf(action.name()));
    }

    private static void checked(CommandLine command, String option, String name) {
        RequestName.fault(name).ifPresent(fault -> {
            throw new ParameterException(command, option + " " + fault);
        });
    }
}
