package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/rules.md shows the presets as they are, and names every series and alert. */
final class RulesPageTest {
    private static final List<String> SPENT = List.of("2 %", "5 %", "10 %", "10 %");

    private static final String RUNBOOK = "https://wiki.example/burn";

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/rules.md"));
    }

    @Test
    void theFactorsOfTheWorkbookAreInTheTable() {
        IntStream.range(0, SPENT.size()).forEach(i -> {
            BurnRateRow row = row(BurnRatePreset.WORKBOOK, 30, i);
            String factors = Stream.of(30, 28, 90)
                    .map(days -> rounded(row(BurnRatePreset.WORKBOOK, days, i).factor()))
                    .collect(Collectors.joining(" | "));
            shows("| " + row.severity().word() + " | " + DurationText.compact(row.longWindow()) + " | "
                    + DurationText.compact(row.shortWindow()) + " | " + SPENT.get(i) + " | " + factors + " |");
            assertEquals(row, row(BurnRatePreset.SLOTH, 30, i));
        });
    }

    @Test
    void theWindowsOfPyrraAreInTheTable() {
        IntStream.range(0, SPENT.size()).forEach(i -> {
            BurnRateRow row = row(BurnRatePreset.PYRRA, 28, i);
            String windows = Stream.of(28, 30, 84)
                    .map(days -> row(BurnRatePreset.PYRRA, days, i))
                    .map(of -> DurationText.compact(of.longWindow()) + " / " + DurationText.compact(of.shortWindow()))
                    .collect(Collectors.joining(" | "));
            shows("| " + row.severity().word() + " | " + NumberText.plain(row.factor()) + " | " + windows + " |");
        });
    }

    @Test
    void everySeriesAndAlertIsNamed() {
        Stream.of(Slos.of(SloPeriod.DEFAULT), Slos.slices(0.95, Duration.ofMinutes(1), SloPeriod.DEFAULT))
                .flatMap(slo ->
                        SloRules.of(slo, BurnRatePreset.WORKBOOK.forPeriod(Duration.ofDays(30)), RUNBOOK).stream())
                .flatMap(group -> group.rules().stream())
                .map(rule -> switch (rule) {
                    case Rule.Recording recording -> recording.record().replaceAll("_rate\\d+.$", "_rate5m");
                    case Rule.Alert alert -> alert.alert();
                })
                .forEach(name -> shows("`" + name + "`"));
    }

    private void shows(String text) {
        assertTrue(page.contains(text), text);
    }

    private static BurnRateRow row(BurnRatePreset preset, int days, int index) {
        return preset.forPeriod(Duration.ofDays(days)).rows().get(index);
    }

    private static String rounded(double factor) {
        return BigDecimal.valueOf(factor)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
