package dev.portcullis.rollback.targets.argocd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back that is proposed where Git is what counts. */
final class GitProposalIT {
    @TempDir
    Path folder;

    private static GitProposal proposal(String configured, String from, String to) throws IOException {
        var json = new ObjectMapper();
        var application = json.createObjectNode();
        application.putObject("spec").set("source", json.readTree(configured));
        return new GitProposal(
                new Application(application),
                new HistoryEntry(json.readTree(from)),
                new HistoryEntry(json.readTree(to)));
    }

    private static String entry(String revision, String source) {
        return "{\"id\": 7, \"revision\": \"" + revision + "\", \"source\": " + source + "}";
    }

    @Test
    void ofAChartItIsTheVersionInTheManifest() throws IOException {
        var source =
                "{\"repoURL\": \"https://u:p@charts.example.com\", \"chart\": \"web\", \"targetRevision\": \"2.*\"}";
        assertEquals(
                "set targetRevision of chart web of https://charts.example.com from 2.1.0 to 2.0.4 in the application's own manifest",
                proposal(source, entry("2.1.0", source), entry("2.0.4", source)).text());
    }

    @Test
    void ofOtherParametersItIsTheSourceInTheManifest() throws IOException {
        var source = "{\"repoURL\": \"https://git.example.com/shop.git\", \"path\": \"deploy\"}";
        var other =
                "{\"repoURL\": \"https://git.example.com/shop.git\", \"path\": \"deploy\", \"kustomize\": {\"images\": [\"web:2\"]}}";
        assertEquals(
                "in the application's own manifest, put the source back to that of history id 7",
                proposal(other, entry("1a2b3c4", other), entry("1a2b3c4", source))
                        .text());
        assertEquals(
                "nothing to do",
                proposal(source, entry("1a2b3c4", source), entry("1a2b3c4", source))
                        .text());
    }

    /** A file that came with the bad revision goes, and what others changed elsewhere stays. */
    @Test
    void theCommandsReturnTheFolderAndNothingElse() throws Exception {
        assumeTrue(hasGit(), "there is no git on the PATH");
        sh(
                "git init -q -b main origin && cd origin && mkdir -p 'deploy/check out' other && echo good > 'deploy/check out/app' && echo one > other/app"
                        + " && git add -A && git commit -q -m good && echo bad > 'deploy/check out/app' && echo bad > 'deploy/check out/new' && git add -A"
                        + " && git commit -q -m bad && echo two > other/app && git commit -q -a -m other && git config receive.denyCurrentBranch updateInstead");
        var good = sh("git -C origin rev-parse HEAD~2");
        var bad = sh("git -C origin rev-parse HEAD~1");
        var source = "{\"repoURL\": \"file://" + folder.resolve("origin")
                + "\", \"path\": \"deploy/check out\", \"targetRevision\": \"main\"}";
        sh(proposal(source, entry(bad, source), entry(good, source)).text());
        assertEquals("good", sh("cat 'origin/deploy/check out/app'"));
        assertFalse(Files.exists(folder.resolve("origin/deploy/check out/new")));
        assertEquals("two", sh("cat origin/other/app"));
        assertEquals(
                "Return deploy/check out to " + good + " (was " + bad + ")", sh("git -C origin log -1 --format=%s"));
    }

    private static boolean hasGit() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "git")));
    }

    private String sh(String commands) throws Exception {
        var builder = new ProcessBuilder(List.of("sh", "-c", commands))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "test");
            environment.put("GIT_" + who + "_EMAIL", "test@example.com");
        }
        environment.put("HOME", folder.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output.strip();
    }
}
