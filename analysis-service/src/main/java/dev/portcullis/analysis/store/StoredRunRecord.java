package dev.portcullis.analysis.store;

import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The form of the record of an analysis, which others keep. */
record StoredRunRecord(
        UUID analysis,
        Purpose purpose,
        StoredArm canary,
        Optional<StoredArm> baseline,
        Instant begin,
        StoredObjectives plan,
        Optional<StoredHistory> history,
        Optional<StoredPreviousRelease> previousRelease,
        SortedMap<String, StoredCounterState.StoredBuckets> buckets,
        List<StoredWindow> windows) {
    /** One arm. */
    record StoredArm(String label, String value) {
        private static StoredArm of(Arm arm) {
            return new StoredArm(arm.label(), arm.value());
        }

        private Arm arm() {
            return new Arm(label, value);
        }
    }

    static StoredRunRecord of(RunRecord record) {
        var plan = record.plan();
        return new StoredRunRecord(
                record.id(),
                plan.purpose(),
                StoredArm.of(plan.arms().canary()),
                Optional.ofNullable(plan.arms().baseline()).map(StoredArm::of),
                plan.begin(),
                StoredObjectives.of(plan.objectives()),
                Optional.ofNullable(plan.history()).map(StoredHistory::of),
                Optional.ofNullable(plan.previous()).map(StoredPreviousRelease::of),
                new TreeMap<>(Elements.of(record.buckets(), StoredCounterState.StoredBuckets::of)),
                Elements.of(record.windows(), StoredWindow::of));
    }

    RunRecord record() {
        var arms = new Arms(canary.arm(), baseline.map(StoredArm::arm).orElse(null));
        var told = new RunPlan(
                purpose,
                plan.objectivesOfService(),
                arms,
                begin,
                "",
                history.map(StoredHistory::history).orElse(null),
                previousRelease.map(StoredPreviousRelease::release).orElse(null));
        return new RunRecord(
                analysis,
                told,
                Elements.of(buckets, StoredCounterState.StoredBuckets::buckets),
                StoredWindow.windows(windows));
    }
}
