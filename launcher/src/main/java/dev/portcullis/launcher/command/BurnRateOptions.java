package dev.portcullis.launcher.command;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BurnRateChoice;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** When a burn-rate alert speaks: a preset, or rows of one's own. */
final class BurnRateOptions {
    private static final String PRESET = "--preset";
    private static final String ROW = "--row";
    private static final String PRESETS =
            Arrays.stream(BurnRatePreset.values()).map(BurnRateOptions::word).collect(Collectors.joining(", "));
    private static final int PARTS = 4;

    @Option(
            names = PRESET,
            paramLabel = "NAME",
            description = "Windows and factors: workbook, sloth or pyrra; workbook unless given.")
    private @Nullable String preset;

    @Option(
            names = ROW,
            paramLabel = "SEVERITY:LONG:SHORT:FACTOR",
            description = "A row of your own in place of a preset, such as page:1h:5m:14.4; may be repeated.")
    private List<String> rows = List.of();

    /** What was chosen. */
    BurnRateChoice choice(CommandLine command) {
        if (rows.isEmpty()) {
            return preset(command, preset == null ? word(BurnRatePreset.WORKBOOK) : preset);
        }
        if (preset != null) {
            throw new ParameterException(command, PRESET + " and " + ROW + " are both given; legal: one of them");
        }
        return new BurnRateRows(rows.stream().map(text -> row(command, text)).toList());
    }

    private static BurnRateChoice preset(CommandLine command, String name) {
        return Arrays.stream(BurnRatePreset.values())
                .filter(known -> word(known).equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(command, PRESET + " is '" + name + "'; legal: " + PRESETS));
    }

    private static BurnRateRow row(CommandLine command, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS) {
            throw illegal(command, text, "it has " + parts.length + " parts");
        }
        try {
            return new BurnRateRow(
                    severity(parts[0]), window(parts[1]), window(parts[2]), Double.parseDouble(parts[3]));
        } catch (IllegalArgumentException e) {
            throw illegal(command, text, String.valueOf(e.getMessage()));
        }
    }

    private static AlertSeverity severity(String word) {
        return Arrays.stream(AlertSeverity.values())
                .filter(severity -> severity.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no severity"));
    }

    private static Duration window(String text) {
        Optional<Duration> window = DurationText.parse(text).filter(length -> length.toMillisPart() == 0);
        return window.orElseThrow(
                () -> new IllegalArgumentException("'" + text + "' is not a window of whole seconds"));
    }

    private static ParameterException illegal(CommandLine command, String text, String why) {
        return new ParameterException(
                command,
                ROW + " is '" + text + "': " + why
                        + "; legal: page or ticket, a long and a shorter window, and a factor"
                        + " above 0, such as page:1h:5m:14.4");
    }

    private static String word(BurnRatePreset preset) {
        return preset.name().toLowerCase(Locale.ROOT);
    }
}
