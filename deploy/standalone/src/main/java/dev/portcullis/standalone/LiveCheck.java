package dev.portcullis.standalone;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.diagnosis.FindingSeverity;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.standalone.doctor.LoadedConfiguration;
import dev.portcullis.standalone.doctor.LoadedConfiguration.LocatedFinding;
import java.nio.file.Path;
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
     * @param folder one without faults
     */
    static LiveCheck of(Path folder) {
        var prometheus = Variables.orElse(LoadedConfiguration.PROMETHEUS, Wiring.DEFAULT_PROMETHEUS);
        var configuration = LoadedConfiguration.read(folder, prometheus);
        return configuration.faults().isEmpty()
                ? new LiveCheck(configuration.sources().size(), List.of(), configuration.diagnose(new SourcePause()))
                : new LiveCheck(0, configuration.faults(), List.of());
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
