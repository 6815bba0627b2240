package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a person returns Git to what was deployed, where Git is what counts: commands for each source whose revision changes. They return the source's folder
 * only and not the whole repository, as reverting commits would, which others share.
 *
 * @param from what is deployed now
 * @param to what is to be deployed
 */
record GitProposal(Application application, HistoryEntry from, HistoryEntry to) {
    /** One line; the commands are for a shell. */
    String text() {
        List<String> parts = new ArrayList<>();
        var sources = to.sources();
        for (int i = 0; i < sources.size(); i++) {
            if (!revision(from, i).equals(revision(to, i))) {
                parts.add(changed(sources.get(i), configured(i), revision(from, i), revision(to, i)));
            }
        }
        if (!from.digest().equals(to.digest())) {
            parts.add("in the application's own manifest, put the source back to that of history id " + to.id());
        }
        return parts.isEmpty() ? "nothing to do" : String.join("; then ", parts);
    }

    /** Whether Git, as Argo CD last saw it, has what is to be deployed. */
    boolean isDone() {
        var seen = HistoryEntry.revisions(application.object().at("/status/sync"));
        var comparedTo = application.object().at("/status/sync/comparedTo");
        var sources = comparedTo.path("sources").isEmpty()
                ? List.of(comparedTo.path("source"))
                : list(comparedTo.path("sources"));
        return seen.equals(to.revisions()) && SourceDigest.of(sources).equals(to.digest());
    }

    private static String changed(JsonNode source, JsonNode configured, String bad, String good) {
        var repository = withoutUser(source.path("repoURL").asText());
        var chart = source.path("chart").asText("");
        if (!chart.isEmpty()) {
            return "set targetRevision of chart " + chart + " of " + repository + " from " + bad + " to " + good
                    + " in the application's own manifest";
        }
        var path = source.path("path").asText("").isEmpty()
                ? "."
                : source.path("path").asText();
        var branch = configured.path("targetRevision").asText("HEAD");
        var onto = branch.isEmpty() || branch.equals("HEAD") ? "" : " --branch " + ShellQuoting.word(branch);
        var why = "Return " + path + " to " + good + " (was " + bad + ")";
        return "git clone" + onto + " " + ShellQuoting.word(repository)
                + " revert && cd revert && git restore --source="
                + ShellQuoting.word(good) + " --staged --worktree -- " + ShellQuoting.word(path) + " && git commit -m "
                + ShellQuoting.word(why) + " && git push";
    }

    private JsonNode configured(int index) {
        var sources = application.configuredSources();
        return index < sources.size() ? sources.get(index) : to.sources().get(index);
    }

    private static String revision(HistoryEntry entry, int index) {
        return index < entry.revisions().size() ? entry.revisions().get(index) : "";
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    /** An address may hold a password. */
    private static String withoutUser(String address) {
        return address.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^@/]*@", "$1");
    }
}
