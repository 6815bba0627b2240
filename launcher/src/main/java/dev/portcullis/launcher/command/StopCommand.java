package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.release.HoldText;
import dev.portcullis.launcher.release.ReleaseClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code stop}: a person stops the line. */
@Command(name = "stop", description = "Stops the line: holds every promotion of some services, and no abort.")
final class StopCommand extends GateCommand {
    @Option(
            names = "--service",
            required = true,
            paramLabel = "NAME",
            split = ",",
            description = "A service, * for any characters ('*' for all); may be repeated.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--except",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "A release with this label is not held; may be repeated.")
    private List<String> exceptions = new ArrayList<>();

    @Mixin
    private ForOption time = new ForOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Override
    void checkArguments() {
        services.forEach(service -> {
            if (service.isBlank()) {
                throw new ParameterException(commandLine(), "--service is empty");
            }
            RequestName.fault(service).ifPresent(fault -> {
                throw new ParameterException(commandLine(), "--service " + fault);
            });
        });
        exceptions.stream()
                .filter(label -> label.indexOf('=') < 1 || label.endsWith("="))
                .forEach(label -> {
                    throw new ParameterException(
                            commandLine(), "--except is " + RequestName.shown(label) + "; legal: NAME=VALUE");
                });
        time.required(commandLine());
        reason.text(commandLine());
    }

    @Override
    int run(ReleaseClient client) {
        var hold = client.holds().stop(services, exceptions, time.required(commandLine()), reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(hold) : HoldText.line(hold)));
        return 0;
    }
}
