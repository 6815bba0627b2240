package dev.portcullis.launcher.command;

import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.token.TokenClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token new}: makes a token and what the configuration folder has to say of it, and keeps neither; or has gate-service make one and keep what it needs. */
@Command(
        name = "new",
        description =
                "Makes a token and prints it this once; without --gate also the lines for a document of kind Access.")
final class TokenNewCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 3_650;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who is to have it, as records will name the caller.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "viewer, deployer, approver, operator or admin; may be repeated. deployer unless given.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            split = ",",
            description = "A service it is for, * for any characters; may be repeated. All services unless given.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How many days it is good for, today not counted; ${DEFAULT-VALUE} unless given.")
    private int days = 90;

    @Mixin
    private TokenGate gate = new TokenGate();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        check();
        if (gate.isNamed()) {
            return gate.ask(spec.commandLine(), this::made);
        }
        var token = TokenText.random(new SecureRandom());
        var out = spec.commandLine().getOut();
        out.println(token);
        out.println();
        out.println("It is shown this once. Under spec.tokens of a document of kind Access:");
        out.println();
        out.println("  - name: " + quoted(name));
        out.println("    sha256: " + TokenText.sha256(token));
        out.println("    roles: [" + String.join(", ", roles.isEmpty() ? List.of(Role.DEPLOYER.word()) : roles) + "]");
        out.println("    services: ["
                + (services.isEmpty() ? List.of("*") : services)
                        .stream().map(TokenNewCommand::quoted).collect(Collectors.joining(", "))
                + "]");
        out.println("    expires: " + LocalDate.now(Clock.systemUTC()).plusDays(days));
        out.flush();
        return 0;
    }

    private int made(TokenClient client) {
        var end = LocalDate.now(Clock.systemUTC())
                .plusDays(days + 1L)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        var made = client.create(
                name,
                roles.isEmpty() ? List.of(Role.DEPLOYER.word()) : roles,
                services.isEmpty() ? List.of("*") : services,
                end);
        var out = spec.commandLine().getOut();
        out.println(made.getText());
        out.println();
        out.println("It is shown this once, and good now.");
        out.println(TokenGate.line(made.getToken(), Clock.systemUTC().instant()));
        out.flush();
        return 0;
    }

    private void check() {
        checked("NAME", name);
        services.forEach(service -> checked("--service", service));
        for (var role : roles) {
            if (Role.of(role).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--role is '" + role + "'; legal: " + String.join(", ", Role.words()));
            }
        }
        if (days < 1 || days > MOST_DAYS) {
            throw new ParameterException(spec.commandLine(), "--days is " + days + "; legal: 1 to " + MOST_DAYS);
        }
    }

    private void checked(String what, String text) {
        if (text.isBlank()) {
            throw new ParameterException(spec.commandLine(), what + " is empty");
        }
        RequestName.fault(text).ifPresent(fault -> {
            throw new ParameterException(spec.commandLine(), what + " " + fault);
        });
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
