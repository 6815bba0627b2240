package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseReference;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The release that a command is about. */
final class ReleaseOption {
    @Parameters(
            index = "0",
            paramLabel = "RELEASE",
            description =
                    "Its name, services/{service}/releases/{uuid}, or the first 8 or more characters of its UUID.")
    private String release = "";

    /** @throws ParameterException when it cannot be a release */
    ReleaseReference reference(CommandLine command) {
        return of(command, release);
    }

    /** The same of a text that was given another way. */
    static ReleaseReference of(CommandLine command, String text) {
        return ReleaseReference.of(text)
                .orElseThrow(() -> new ParameterException(command, "RELEASE " + ReleaseReference.fault(text)));
    }
}
