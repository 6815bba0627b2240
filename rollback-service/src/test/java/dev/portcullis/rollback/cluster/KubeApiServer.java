package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.rollback.cluster.ApiRequest.Body;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with its etcd on free ports of 127.0.0.1, started from the programs on the PATH; nothing else of a cluster runs. It knows two
 * identities by token: an administrator, and the service account of {@code deploy/rbac}.
 */
final class KubeApiServer implements AutoCloseable {
    static final String ADMINISTRATOR = "administrators-token";
    static final String ACCOUNT = "accounts-token";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver");

    private final Path folder;
    private final int port;
    private final Process etcd;
    private final Process server;
    private final ApiConnection administration;

    KubeApiServer(Path folder) throws Exception {
        this.folder = folder;
        port = FreePorts.next();
        var etcdPort = FreePorts.next();
        etcd = started(etcd(etcdPort, FreePorts.next()), "etcd");
        server = started(server(etcdPort), "kube-apiserver");
        var certificate = folder.resolve("certificates/apiserver.crt");
        Await.until("kube-apiserver has a certificate", LIMIT, () -> Files.size(certificate) > 0);
        var access = Config.fromKubeconfig(kubeconfig(ADMINISTRATOR).toFile());
        access.setRequestRetryBackoffLimit(0);
        administration = new ApiConnection(access, LIMIT, Clock.systemUTC());
        Await.until("kube-apiserver is ready", LIMIT, () -> administer("GET", "readyz", "") == 200);
    }

    /** The programs that are not on the PATH. */
    static List<String> missing() {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1);
        return PROGRAMS.stream()
                .filter(program -> Stream.of(folders)
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program))))
                .toList();
    }

    private List<String> etcd(int clients, int peers) {
        var client = "http://127.0.0.1:" + clients;
        var peer = "http://127.0.0.1:" + peers;
        return List.of(
                "etcd",
                "--name=one",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=one=" + peer);
    }

    private List<String> server(int etcdPort) throws IOException, GeneralSecurityException {
        var keys = keys();
        var tokens = Files.writeString(folder.resolve("tokens.csv"), """
                %s,administrator,1,"system:masters"
                %s,system:serviceaccount:portcullis:portcullis-rollback,2
                """.formatted(ADMINISTRATOR, ACCOUNT));
        return List.of(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokens,
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://127.0.0.1",
                "--service-account-signing-key-file=" + keys.resolve("private.pem"),
                "--service-account-key-file=" + keys.resolve("public.pem"));
    }

    private Path keys() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        Files.writeString(folder.resolve("private.pem"), pem("PRIVATE KEY", pair.getPrivate()));
        Files.writeString(folder.resolve("public.pem"), pem("PUBLIC KEY", pair.getPublic()));
        return folder;
    }

    private static String pem(String what, Key key) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private Process started(List<String> command, String name) throws IOException {
        var log = folder.resolve(name + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    /** A kubeconfig of one of the identities. */
    Path kubeconfig(String token) throws IOException {
        var text = Kubeconfigs.of("https://127.0.0.1:" + port)
                .replace(
                        "cluster: {server:",
                        "cluster: {certificate-authority: " + folder.resolve("certificates/apiserver.crt")
                                + ", server:")
                .replace("s3cret-token", token);
        return Files.writeString(folder.resolve(token + ".kubeconfig"), text);
    }

    /** Sends what an administrator wants. */
    int administer(String method, String path, String json) throws IOException, InterruptedException {
        var body = json.isEmpty() ? Optional.<Body>empty() : Optional.of(new Body("application/json", json));
        var request = new ApiRequest(method, path, "", body, path);
        return administration
                .exchange(administration
                        .request(request, administration.address(request))
                        .build())
                .status();
    }

    @Override
    public void close() {
        administration.close();
        server.destroyForcibly();
        etcd.destroyForcibly();
    }
}
