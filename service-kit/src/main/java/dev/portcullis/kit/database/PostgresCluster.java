package dev.portcullis.kit.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's files in a data folder, with the programs that serve them. Used by one thread at a time, which holds the folder's lock. */
final class PostgresCluster {
    static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String START_SECONDS = "60";
    private static final int PASSWORD_BYTES = 32;
    /** Who may connect: one role, from this machine, who knows the password. There is no Unix socket. */
    private static final String ACCESS = """
            # Written by Portcullis at each start.
            host all postgres 127.0.0.1/32 scram-sha-256
            """;

    private final Path data;
    private final Path folder;
    private final PostgresPrograms programs;

    private PostgresCluster(Path folder, PostgresPrograms programs) {
        this.folder = folder;
        this.data = folder.resolve("postgres");
        this.programs = programs;
    }

    /** Makes what is missing in a folder: programs, files, password. A server that was left there is stopped. */
    static PostgresCluster prepare(Path folder) throws IOException {
        Postmaster.stopOrphan(folder.resolve("postgres"));
        var programs = PostgresPrograms.unpack(folder.resolve("postgres-programs"), folder.resolve("postgres.log"));
        var cluster = new PostgresCluster(folder, programs);
        cluster.create();
        cluster.restrictAccess();
        return cluster;
    }

    private void create() throws IOException {
        var complete = folder.resolve("postgres.initialized");
        if (Files.exists(data) && !Files.exists(complete)) {
            var aside = folder.resolve("postgres.unfinished-" + Instant.now().getEpochSecond());
            LOG.warn("{} was left half made by an earlier start: it is put aside as {} and made anew", data, aside);
            Files.move(data, aside);
        }
        if (!Files.exists(data)) {
            var begun = folder.resolve("postgres.begun");
            PrivateFiles.delete(begun);
            PrivateFiles.write(passwordFile(folder), newPassword());
            var password = "--pwfile=" + passwordFile(folder);
            programs.run("initdb", "-A", "scram-sha-256", password, "-U", USER, "-D", begun.toString(), "-E", "UTF-8");
            Files.move(begun, data);
        }
        if (!Files.exists(complete)) {
            Files.createFile(complete);
        }
    }

    /** Also brings over a folder of a version that asked nobody for a password. */
    private void restrictAccess() throws IOException {
        var file = data.resolve("pg_hba.conf");
        var password = passwordFile(folder);
        if (Files.exists(password) && Files.readString(file).equals(ACCESS)) {
            return;
        }
        if (!Files.exists(password) || !Files.readString(file).contains("scram-sha-256")) {
            PrivateFiles.write(password, newPassword());
            var statement = folder.resolve("postgres.statement");
            PrivateFiles.write(statement, "alter role " + USER + " password '" + Files.readString(password) + "'\n");
            try {
                programs.run(
                        Redirect.from(statement.toFile()),
                        "postgres",
                        "--single",
                        "-D",
                        data.toString(),
                        "-c",
                        "log_min_error_statement=panic",
                        "postgres");
            } finally {
                Files.delete(statement);
            }
        }
        PrivateFiles.write(file, ACCESS);
    }

    private static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Path passwordFile(Path folder) {
        return folder.resolve("postgres.password");
    }

    /** How to reach a server of the folder. */
    static DatabaseSettings settings(Path folder, int port) throws IOException {
        var password = Files.readString(passwordFile(folder)).strip();
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts the server.
     *
     * @throws IOException when it does not answer within a minute; none is left running then
     */
    ProcessHandle start(int port) throws IOException {
        var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c timezone=UTC"
                + " -c max_connections=300";
        try {
            programs.run("pg_ctl", "-D", data.toString(), "-w", "-t", START_SECONDS, "-o", options, "start");
        } catch (IOException e) {
            Postmaster.find(data).ifPresent(Postmaster::stop);
            throw e;
        }
        return Postmaster.find(data).orElseThrow(() -> new IOException("it ended right after its start"));
    }

    /** Whether this process still serves the files. */
    boolean isServedBy(ProcessHandle process) {
        return Postmaster.serves(process, data);
    }

    /** Stops a server that this process has lost sight of, so that the files are free. */
    void stopOrphan() throws IOException {
        Postmaster.stopOrphan(data);
    }

    /** Ends the server with all its sessions, in an orderly way if it can within 10 s. */
    void stop(ProcessHandle process) {
        if (isServedBy(process)) {
            try {
                programs.run("pg_ctl", "-D", data.toString(), "-w", "-t", "10", "-m", "fast", "stop");
            } catch (IOException e) {
                LOG.warn("the embedded PostgreSQL does not stop: {}", e.getMessage());
                Postmaster.stop(process);
            }
        }
    }
}
