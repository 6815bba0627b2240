package dev.portcullis.gate.configuration;

import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.github.ProtectedEnvironment;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The reader of the document of kind GitHubApp. Stateless. */
final class GitHubAppDocuments {
    private static final String KIND = "GitHubApp";
    private static final String API = "https://api.github.com";
    private static final String ABSOLUTE = "an absolute path";
    private static final String ADDRESS = "an http or https address without user, query and fragment";
    private static final String CLIENT_ID = "letters, digits, '.', '_' and '-'";
    private static final String REPOSITORY = "owner/name";
    private static final String STAGES = "pre-deploy, canary-1 to canary-99, post-deploy";

    private GitHubAppDocuments() {}

    /** The app among the documents; of several the first, and the others are faults. */
    static Optional<GitHubApp> parse(List<ConfigurationDocument> documents, Faults faults) {
        List<GitHubApp> apps = new ArrayList<>();
        for (var document : documents) {
            if (document.kind().equals(KIND)) {
                if (!apps.isEmpty()) {
                    faults.add(document.root(), "a second document of kind GitHubApp; keep one");
                }
                apps.add(read(document.spec(), faults));
            }
        }
        return apps.stream().findFirst();
    }

    private static GitHubApp read(YamlMapping spec, Faults faults) {
        spec.describe("clientId", "", CLIENT_ID);
        var clientId = spec.text("clientId");
        if (!clientId.isEmpty() && !clientId.matches("[A-Za-z0-9._-]{1,100}")) {
            spec.fault("clientId", "spec.clientId is '" + clientId + "'; legal: " + CLIENT_ID);
        }
        spec.describe("privateKeyFile", "", ABSOLUTE);
        spec.describe("webhookSecretFile", "", ABSOLUTE);
        spec.describe("apiUrl", "", ADDRESS);
        var privateKeyFile = path(spec, "privateKeyFile", spec.text("privateKeyFile"));
        var webhookSecretFile = path(spec, "webhookSecretFile", spec.text("webhookSecretFile"));
        var apiUrl = address(spec, spec.text("apiUrl", API));
        var environments = environments(spec, faults);
        spec.rejectUnknown();
        return new GitHubApp(clientId, privateKeyFile, webhookSecretFile, apiUrl, environments);
    }

    private static Path path(YamlMapping spec, String key, String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute() || text.isEmpty()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // told below
        }
        spec.fault(key, spec.path(key) + " is '" + text + "'; legal: " + ABSOLUTE);
        return Path.of("/");
    }

    private static String address(YamlMapping spec, String text) {
        try {
            var uri = new URI(text);
            var isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        // Not shown: it may have a password in it.
        spec.fault("apiUrl", "spec.apiUrl is not legal; legal: " + ADDRESS);
        return API;
    }

    private static List<ProtectedEnvironment> environments(YamlMapping spec, Faults faults) {
        spec.describe("environments", "required", "one or more");
        var items = spec.mappings("environments");
        if (items.isEmpty()) {
            faults.add(spec, "spec.environments is missing or empty; legal: one or more");
        }
        Set<String> seen = new HashSet<>();
        List<ProtectedEnvironment> environments = new ArrayList<>();
        for (var item : items) {
            var environment = environment(item);
            environments.add(environment);
            var identity = (environment.repository() + " " + environment.environment()).toLowerCase(Locale.ROOT);
            if (!seen.add(identity)) {
                item.fault(
                        "environment",
                        item.path("environment") + " is named twice for " + environment.repository() + "; keep one");
            }
        }
        return List.copyOf(environments);
    }

    private static ProtectedEnvironment environment(YamlMapping item) {
        item.describe("repository", "", REPOSITORY);
        var repository = item.text("repository");
        if (!repository.isEmpty() && !repository.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
            item.fault("repository", item.path("repository") + " is '" + repository + "'; legal: " + REPOSITORY);
        }
        var environment = item.text("environment");
        var service = item.text("service");
        item.describe("stage", "", STAGES);
        var stage = item.text("stage", "pre-deploy");
        try {
            Stage.of(stage);
        } catch (InvalidFieldException e) {
            item.fault("stage", item.path("stage") + " is '" + stage + "'; legal: " + STAGES);
        }
        item.rejectUnknown();
        return new ProtectedEnvironment(repository, environment, service, stage);
    }
}
