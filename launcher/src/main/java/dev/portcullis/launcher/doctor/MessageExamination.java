package dev.portcullis.launcher.doctor;

import dev.portcullis.gate.MessageProbe;
import dev.portcullis.gate.message.MessageReceiver;
import dev.portcullis.kit.configuration.Faults;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Whether receivers of messages can be reached, and take the secrets that are there; no message is sent. */
final class MessageExamination implements Examination {
    private static final String SUBJECT = "messages";

    private final MessageProbe probe = new MessageProbe(Clock.systemUTC());

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        return environment
                .configuration()
                .filter(configuration -> !configuration.isFaulty())
                .map(configuration -> MessageProbe.receivers(configuration.documents(), new Faults()).values().stream()
                        .map(this::outcome)
                        .toList())
                .orElse(List.of());
    }

    private CheckResult outcome(MessageReceiver receiver) {
        var named = "'" + receiver.name() + "', " + receiver.messenger().described();
        return unreachable(receiver)
                .or(() -> probe.obstacle(receiver))
                .map(fault -> CheckResult.failed(
                        SUBJECT,
                        named + ": " + fault,
                        "./portcullis message test " + receiver.name()
                                + " says when it is mended; until then it is told nothing"))
                .orElseGet(() -> CheckResult.ok(SUBJECT, named + " can be reached"));
    }

    private static Optional<String> unreachable(MessageReceiver receiver) {
        var address = receiver.messenger().address();
        return ConnectionProbe.fault(address)
                .map(fault -> ConnectionProbe.shown(address) + " cannot be reached: " + fault);
    }
}
