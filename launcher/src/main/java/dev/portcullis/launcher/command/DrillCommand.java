package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.drill.DrillClient;
import dev.portcullis.launcher.drill.DrillRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drill}: a rehearsal of a service's rollback against a running Portcullis. */
@Command(
        name = "drill",
        description =
                "Rehearses the rollback of a service and says how long it took; nothing live is changed. Exit 0 if it"
                        + " succeeded.")
final class DrillCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service, as its ReleasePolicy names it.")
    private String service = "";

    @ArgGroup(multiplicity = "1")
    private ModeOption modeOption = new ModeOption();

    /** What it is run against: exactly one. */
    static final class ModeOption {
        @Option(names = "--dry-run", description = "Look at the targets and change nothing.")
        private boolean dryRun;

        @Option(names = "--staging", description = "Change the targets of spec.rollback.staging.")
        private boolean staging;

        Rollback.Mode mode() {
            if (dryRun == staging) {
                throw new IllegalStateException("not exactly one of --dry-run and --staging was taken");
            }
            return dryRun ? Rollback.Mode.DRY_RUN : Rollback.Mode.STAGING;
        }
    }

    @Option(
            names = "--from",
            paramLabel = "REVISION",
            description = "The revision to leave (the canary of the service's newest release that served users).")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "REVISION",
            description = "The revision to return to (the stable version of that release).")
    private String to = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for the record; ${DEFAULT-VALUE} unless given.")
    private String reason = "drill";

    @Option(
            names = "--caller",
            paramLabel = "NAME",
            description = "Who, for the record (who has the token; without one, your user name).")
    private @Nullable String caller;

    @Option(
            names = "--rollback",
            paramLabel = "HOST:PORT",
            description = "gRPC of rollback-service (PORTCULLIS_ROLLBACK_ADDRESS, or 127.0.0.1 and"
                    + " PORTCULLIS_ROLLBACK_GRPC_PORT, 9103); https://HOST:PORT with TLS.")
    private @Nullable String rollback;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private TokenOption token = new TokenOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        checkNames();
        var out = spec.commandLine().getOut();
        var shown = token.token(spec.commandLine());
        var request = new DrillRequest(service, modeOption.mode(), from, to, reason, caller(shown));
        try (var drill = new DrillClient(
                gate.authorities().address(spec.commandLine(), "--rollback", rollback, "rollback", "9103"),
                gate.address(spec.commandLine()),
                shown,
                line -> tell(line, out))) {
            var ended = drill.run(request);
            if (output.isJson()) {
                out.println(ProtoJson.of(ended));
                out.flush();
            }
            return ended.getState() == Rollback.State.SUCCEEDED ? 0 : 1;
        }
    }

    /** Whom a token shows is not to be said too. */
    private String caller(Optional<String> shown) {
        var usual = shown.isPresent() ? "" : System.getProperty("user.name", "unknown");
        return caller == null ? usual : caller;
    }

    private void tell(String line, PrintWriter out) {
        if (!output.isJson()) {
            out.println(line);
            out.flush();
        }
    }

    /** What rollback-service would refuse, told by the option that is to be corrected and before anybody is asked. */
    private void checkNames() {
        checked("SERVICE", service);
        checked("--from", from);
        checked("--to", to);
        checked("--caller", caller(Optional.empty()));
        if (!from.isEmpty() && from.equals(to)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is " + RequestName.shown(to)
                            + ", which is also the revision to leave; name the one to return to");
        }
    }

    private void checked(String option, String name) {
        RequestName.fault(name).ifPresent(fault -> {
            throw new ParameterException(spec.commandLine(), option + " " + fault);
        });
    }
}
