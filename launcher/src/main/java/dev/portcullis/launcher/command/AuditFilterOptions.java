package dev.portcullis.launcher.command;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.text.RequestName;
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
    private @Nullable AuditAction action;

    /** @throws ParameterException when one of them is not legal */
    ListAuditEntriesRequest.Builder request(CommandLine command) {
        checked(command, "--service", service);
        checked(command, "--actor", actor);
        return ListAuditEntriesRequest.newBuilder()
                .setService(service)
                .setObject(release)
                .setActor(actor)
                .setActionValue(action == null ? 0 : number(action));
    }

    /** The contract names the actions as the log does. */
    private static int number(AuditAction action) {
        return dev.portcullis.proto.gate.v1.AuditAction.valueOf(action.name()).getNumber();
    }

    private static void checked(CommandLine command, String option, String name) {
        RequestName.fault(name).ifPresent(fault -> {
            throw new ParameterException(command, option + " " + fault);
        });
    }
}
