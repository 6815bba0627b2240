package dev.portcullis.launcher.command;

import dev.portcullis.gate.MessageProbe;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.Suggestion;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code message test}: sends a receiver of the configuration folder a test, and says whether he has it. */
@Command(
        name = "test",
        description =
                "Sends a receiver two messages that say they are a test: one that opens something and one that ends"
                        + " it. Exit 1 if he does not take both.")
final class MessageTestCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "RECEIVER",
            description = "The receiver, as its document of kind MessageReceiver is named.")
    private String name = "";

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var faults = new Faults();
        var receivers = MessageProbe.receivers(new ConfigurationFolder(config.folder()).read(faults), faults);
        if (!faults.isEmpty()) {
            faults.list().forEach(command.getErr()::println);
            return 1;
        }
        var receiver = receivers.get(name);
        if (receiver == null) {
            throw new ParameterException(
                    command,
                    "there is no receiver '" + name + "' in " + config.folder()
                            + Suggestion.forWord(name, receivers.keySet()) + "; legal: "
                            + (receivers.isEmpty()
                                    ? "none, for it has no MessageReceiver"
                                    : String.join(", ", receivers.keySet())));
        }
        var fault = new MessageProbe(Clock.systemUTC()).send(receiver);
        if (fault.isPresent()) {
            command.getErr().println(name + ", " + receiver.messenger().described() + ": " + fault.get());
            return 1;
        }
        command.getOut().println(name + ", " + receiver.messenger().described() + ": has the test");
        command.getOut().flush();
        return 0;
    }
}
