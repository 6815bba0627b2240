package dev.portcullis.kit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of the test's own, made with the JDK's keytool, and what it signs. Not thread-safe. */
public final class TestAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final Path store;

    /** An authority that keeps its files in a folder of the test. */
    public TestAuthority(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test Authority", "-ext", "bc:c");
    }

    /** Signs a certificate for 127.0.0.1 that is valid now. */
    public TestAuthority sign(String name) throws IOException {
        return sign(name, "-validity", "30");
    }

    /** Signs one that was valid until yesterday. */
    public TestAuthority signExpired(String name) throws IOException {
        return sign(name, "-startdate", "-10d", "-validity", "9");
    }

    /** Signs one for another host. */
    public TestAuthority signForAnotherHost(String name) throws IOException {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-signer",
                "ca",
                "-ext",
                "san=dns:elsewhere.example");
        return this;
    }

    /** Signs one with an RSA key. */
    public TestAuthority signRsa(String name) throws IOException {
        return sign(name, "-keyalg", "RSA", "-keysize", "2048");
    }

    /** Signs one for more names, as "dns:gate.example,uri:spiffe://shop/ci". */
    public TestAuthority signAs(String name, String names) throws IOException {
        return sign(name, "-ext", "san=" + names, "-validity", "30");
    }

    /** Signs another certificate for the key of one, and gives its file. */
    public Path renewed(String name, int days) throws IOException {
        var request = folder.resolve(name + ".csr").toString();
        var renewed = folder.resolve(name + "-" + days + ".crt");
        keytool("-certreq", "-alias", name, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-outfile",
                renewed.toString(),
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                String.valueOf(days));
        return renewed;
    }

    private TestAuthority sign(String name, String... validity) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
        arguments.addAll(List.of("-signer", "ca"));
        if (!List.of(validity).contains("-ext")) {
            arguments.addAll(List.of("-ext", "san=ip:127.0.0.1"));
        }
        arguments.addAll(List.of(validity));
        keytool(arguments.toArray(String[]::new));
        return this;
    }

    private void keytool(String... arguments) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(arguments));
        if (command.contains("-genkeypair") && !command.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit"));
        command.addAll(List.of("-keystore", store.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate as a PEM file. */
    public Path certificate() {
        return certificate("ca");
    }

    /** A signed certificate as a PEM file. */
    public Path certificate(String name) {
        return pem(name + ".crt", "CERTIFICATE", store -> store.getCertificate(name)
                .getEncoded());
    }

    /** Its key as a PEM file. */
    public Path key(String name) {
        return pem(name + ".key", "PRIVATE KEY", store -> store.getKey(name, PASSWORD)
                .getEncoded());
    }

    /** The same in the older form of its kind, the bare key: the third part of PKCS#8, behind a header of four bytes at most. */
    public Path bareKey(String name, String form) {
        return pem(name + "-bare.key", form + " PRIVATE KEY", store -> {
            byte[] whole = store.getKey(name, PASSWORD).getEncoded();
            int algorithm = whole[1] < 0 ? 2 + (whole[1] & 0x7f) + 3 : 5;
            int key = algorithm + 2 + whole[algorithm + 1];
            int header = whole[key + 1] < 0 ? 2 + (whole[key + 1] & 0x7f) : 2;
            return Arrays.copyOfRange(whole, key + header, whole.length);
        });
    }

    /** TLS for a server that shows the certificate, and accepts clients whose certificates this authority signed. */
    public SSLContext server(String name) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            Key key = open().getKey(name, PASSWORD);
            own.setKeyEntry(name, key, PASSWORD, new Certificate[] {open().getCertificate(name)});
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", open().getCertificate("ca"));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Encoded {
        byte[] of(KeyStore store) throws GeneralSecurityException;
    }

    private Path pem(String file, String kind, Encoded encoded) {
        try {
            String content = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded.of(open()));
            return Files.writeString(
                    folder.resolve(file),
                    "-----BEGIN " + kind + "-----\n" + content + "\n-----END " + kind + "-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException, IOException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD);
        }
        return opened;
    }
}
