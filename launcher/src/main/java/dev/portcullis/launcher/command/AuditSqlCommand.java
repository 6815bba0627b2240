package dev.portcullis.launcher.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit sql}: what a database administrator runs so that the service cannot change its own audit log. */
@Command(
        name = "sql",
        description =
                "Prints the statements that give the audit log to a database role of its own, so that the role of the service can"
                        + " add to it and read it and nothing else. For a database administrator to read and run.")
final class AuditSqlCommand implements Callable<Integer> {
    private static final String STATEMENTS = "/audit/owner.sql";
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    @Option(
            names = "--service-role",
            paramLabel = "ROLE",
            defaultValue = "portcullis",
            description = "The role of PORTCULLIS_DB_USER. Default: ${DEFAULT-VALUE}.")
    private String service = "";

    @Option(
            names = "--owner-role",
            paramLabel = "ROLE",
            defaultValue = "portcullis_audit",
            description = "The role that is to own the log; made if it is not there. Default: ${DEFAULT-VALUE}.")
    private String owner = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        out.print(statements(role("--service-role", service), role("--owner-role", owner)));
        out.flush();
        return 0;
    }

    private static String statements(String service, String owner) throws IOException {
        try (var stream = Objects.requireNonNull(AuditSqlCommand.class.getResourceAsStream(STATEMENTS))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("SERVICE", service)
                    .replace("OWNER", owner);
        }
    }

    private String role(String option, String name) {
        if (!ROLE.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(), option + " is '" + name + "'; legal: letters, digits and _, up to 63");
        }
        return name;
    }
}
