package dev.portcullis.launcher.command;

import dev.portcullis.analysis.tool.diagnosis.Finding;
import dev.portcullis.analysis.tool.diagnosis.FindingSeverity;
import dev.portcullis.launcher.command.JsonOutput.FaultJson;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.configuration.LoadedConfiguration.LocatedFinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code check} has to tell, for programs.
 *
 * @param ok whether the exit code is 0
 * @param documents how many were read
 * @param policies how many of them are release policies
 * @param faults of the folder
 * @param live what the metric sources say; null when they were not asked
 * @param detection what the policies can detect; empty without {@code --rps}
 */
record CheckReport(
        boolean ok,
        int documents,
        long policies,
        List<FaultJson> faults,
        @Nullable Live live,
        List<DetectionReport> detection) {
    /**
     * What the metric sources say.
     *
     * @param sources how many were asked
     */
    record Live(int sources, List<ReportedFinding> findings) {
        static Live of(LiveCheck check) {
            return new Live(
                    check.sources(),
                    check.found().stream().map(ReportedFinding::of).toList());
        }
    }

    /**
     * One thing found.
     *
     * @param kind as docs/doctor.md lists them
     * @param message what was found, and what to do about it
     */
    record ReportedFinding(String kind, FindingSeverity severity, String file, int line, String message, String fix) {
        static ReportedFinding of(LocatedFinding locatedFinding) {
            Finding finding = locatedFinding.finding();
            return new ReportedFinding(
                    finding.kind().name(),
                    finding.severity(),
                    locatedFinding.place().file(),
                    locatedFinding.place().line(),
                    finding.text(),
                    finding.fix());
        }
    }

    /**
     * What the policy of one service can detect.
     *
     * @param text the lines that people see
     */
    record DetectionReport(String service, List<String> text) {}

    static CheckReport of(
            LoadedConfiguration configuration, @Nullable LiveCheck live, List<DetectionReport> detection) {
        List<FaultJson> faults = new ArrayList<>(
                configuration.faults().stream().map(FaultJson::of).toList());
        if (live != null) {
            live.faults().stream().map(FaultJson::of).forEach(faults::add);
        }
        return new CheckReport(
                faults.isEmpty() && (live == null || live.well()),
                configuration.documents().size(),
                configuration.policies(),
                List.copyOf(faults),
                live == null ? null : Live.of(live),
                List.copyOf(detection));
    }
}
