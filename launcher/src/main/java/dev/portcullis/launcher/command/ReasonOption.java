package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.FreeText;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Why a person decides. */
final class ReasonOption {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, and who you are; kept with what is done.")
    private String reason = "";

    /** @throws ParameterException when the gate would refuse it */
    String text(CommandLine command) {
        FreeText.fault(reason).ifPresent(fault -> {
            throw new ParameterException(command, "--reason " + fault);
        });
        return FreeText.of(reason);
    }
}
