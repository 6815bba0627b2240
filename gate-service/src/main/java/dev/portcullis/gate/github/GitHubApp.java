package dev.portcullis.gate.github;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The GitHub app as which Portcullis decides on deployments. Immutable.
 *
 * @param clientId the app's client id, or its app id
 * @param privateKeyFile absolute path of the app's private key, PEM
 * @param webhookSecretFile absolute path of the secret that GitHub signs its webhooks with
 * @param apiUrl address of the REST API, without a slash at its end
 * @param environments which deployments are decided on, and by what
 */
public record GitHubApp(
        String clientId,
        Path privateKeyFile,
        Path webhookSecretFile,
        String apiUrl,
        List<ProtectedEnvironment> environments) {
    public GitHubApp {
        environments = List.copyOf(environments);
    }

    /**
     * What a deployment is decided by; empty when the configuration does not say.
     *
     * @param repository "owner/name", as GitHub writes it; upper and lower case are the same to GitHub
     */
    public Optional<ProtectedEnvironment> find(String repository, String environment) {
        return environments.stream()
                .filter(one -> one.repository().equalsIgnoreCase(repository)
                        && one.environment().equalsIgnoreCase(environment))
                .findFirst();
    }
}
