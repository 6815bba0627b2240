package dev.portcullis.launcher.command;

import dev.portcullis.analysis.tool.diagnosis.FindingSeverity;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.configuration.LoadedConfiguration.LocatedFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of {@code check} that asks the metric sources.
 *
 * @param sources how many were asked
 * @param faults those of the settings; with any, no source was asked
 * @param found what was found, with the place to mend it
 */
record LiveCheck(int sources, List<Fault> faults, List<LocatedFinding> found) {
    LiveCheck {
        faults = List.copyOf(faults);
        found = List.copyOf(found);
    }

    /**
     * Asks them. Blocks for seconds.
     *
     * @param configuration of a folder without faults
     */
    static LiveCheck of(LoadedConfiguration configuration) {
        return configuration
                .settingFault()
                .map(fault -> new LiveCheck(0, List.of(fault), List.of()))
                .orElseGet(() -> new LiveCheck(
                        configuration.sources().size(), List.of(), configuration.diagnose(new SourcePause())));
    }

    /** Whether nothing is wrong but for warnings. */
    boolean well() {
        return faults.isEmpty() && count(FindingSeverity.FAULT) == 0;
    }

    /** The lines to print. */
    List<String> lines(Palette palette) {
        List<String> lines = new ArrayList<>();
        faults.forEach(fault -> lines.add(palette.fault(fault)));
        if (faults.isEmpty()) {
            found.forEach(locatedFinding -> lines.add(palette.finding(locatedFinding)));
            lines.add(summary());
        }
        return lines;
    }

    private String summary() {
        return NumberText.counted(sources, "metric source") + " asked: "
                + NumberText.counted(count(FindingSeverity.FAULT), "fault") + ", "
                + NumberText.counted(count(FindingSeverity.WARNING), "warning");
    }

    private long count(FindingSeverity severity) {
        return found.stream()
                .filter(locatedFinding -> locatedFinding.finding().severity() == severity)
                .count();
    }
}
