package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.launcher.witness.Witness;
import dev.portcullis.launcher.witness.WitnessException;
import dev.portcullis.launcher.witness.WitnessFile;
import dev.portcullis.launcher.witness.WitnessServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit witness}: cosigns the checkpoints of audit logs, elsewhere than these are kept. */
@Command(
        name = "witness",
        description =
                "Remembers what audit logs were signed as, and cosigns what does not contradict it, until SIGTERM. Run it where"
                        + " nobody who can change the log can change it.")
final class AuditWitnessCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "Its key, as audit key --witness makes one.")
    private Path key = Path.of("");

    @Option(
            names = "--log",
            paramLabel = "VKEY",
            required = true,
            description = "Verifier key of a log that it cosigns; once for each key.")
    private List<String> logs = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            required = true,
            description = "Where it remembers what it has cosigned. Never remove it, and never put an older one back.")
    private Path state = Path.of("");

    @Option(names = "--new", description = "Begins a new file for --state; without it, the file has to be there.")
    private boolean fresh;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where it listens. Default: ${DEFAULT-VALUE}. It speaks HTTP; have a proxy before it do TLS.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "The port; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MOST_PORT) {
            throw new ParameterException(spec.commandLine(), "--port " + port + ": 0 to " + MOST_PORT + " is legal");
        }
        var known = logs.stream().map(this::log).toList();
        try {
            var signer = signer();
            if (fresh) {
                WitnessFile.create(state);
            }
            try (var file = WitnessFile.open(state);
                    var server = new WitnessServer(
                            new Witness(signer, known, file, InstantSource.system()),
                            new InetSocketAddress(host, port))) {
                var out = spec.commandLine().getOut();
                out.println("witness " + signer.verifier().text() + " listens on http://" + host + ":" + server.port());
                out.flush();
                new CountDownLatch(1).await();
            }
        } catch (WitnessException | LogFormatException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (IOException e) {
            spec.commandLine().getErr().println("the witness cannot begin: " + FileText.fault(e));
        }
        return 1;
    }

    private SignerKey signer() throws IOException {
        try {
            return SignerKey.parse(FileText.read(key, StandardCharsets.UTF_8), KeyKind.WITNESS);
        } catch (LogFormatException e) {
            throw new LogFormatException("--key " + key + " " + e.getMessage());
        }
    }

    private VerifierKey log(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (LogFormatException e) {
            throw new ParameterException(spec.commandLine(), "--log " + e.getMessage(), e);
        }
    }
}
