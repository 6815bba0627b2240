package dev.portcullis.launcher.drill;

import dev.portcullis.proto.rollback.v1.Precondition;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.StageOutlook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a preparation says it would do, stage by stage, as lines for people. */
final class OutlookLines {
    private OutlookLines() {}

    static List<String> of(RollbackPreparation preparation) {
        List<String> lines = new ArrayList<>();
        lines.add((preparation.getMode() == Rollback.Mode.STAGING ? "staging drill" : "dry run") + " of "
                + preparation.getService() + ": from " + preparation.getFromRevision() + " to "
                + preparation.getToRevision() + ", by " + preparation.getCaller() + ": " + preparation.getReason());
        for (int stage = 0; stage < preparation.getStagesCount(); stage++) {
            lines.add("stage " + (stage + 1) + " of " + preparation.getStagesCount() + ": "
                    + preparation.getStages(stage).getIdentity());
            lines.addAll(stage(preparation.getStages(stage)));
        }
        return lines;
    }

    private static List<String> stage(StageOutlook stage) {
        List<String> lines = new ArrayList<>();
        lines.add(line("now", stage.getCurrent() + (stage.getRestored() ? " (there already)" : "")));
        lines.add(line("goal", stage.getGoal()));
        lines.add(line("by hand", stage.getCommand()));
        stage.getPreconditionsList().stream().map(OutlookLines::precondition).forEach(lines::add);
        return lines;
    }

    private static String precondition(Precondition precondition) {
        return line(precondition.getMet() ? "ok" : "warn", precondition.getId() + ": " + precondition.getText());
    }

    private static String line(String head, String text) {
        return String.format(Locale.ROOT, "  %-8s %s", head, text);
    }
}
