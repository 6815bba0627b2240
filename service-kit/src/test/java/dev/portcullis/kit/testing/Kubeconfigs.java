package dev.portcullis.kit.testing;

/** Texts of kubeconfig files. */
public final class Kubeconfigs {
    private Kubeconfigs() {}

    /** One context, "here", with a token. */
    public static String of(String address) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts:
                - {name: here, context: {cluster: here, user: portcullis}}
                clusters:
                - {name: here, cluster: {server: "%s"}}
                users:
                - {name: portcullis, user: {token: s3cret-token}}
                """.formatted(address);
    }
}
