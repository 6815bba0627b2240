package dev.portcullis.launcher.command;

import picocli.CommandLine.Option;

/** What a command prints: lines for people, or one JSON object for programs. */
final class OutputOption {
    /** The forms. */
    enum Output {
        text,
        json
    }

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description =
                    "${COMPLETION-CANDIDATES}: lines for people, or one JSON object; ${DEFAULT-VALUE} unless given.")
    private Output output = Output.text;

    boolean isJson() {
        return output == Output.json;
    }
}
