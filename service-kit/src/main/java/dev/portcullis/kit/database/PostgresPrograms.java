package dev.portcullis.kit.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs of PostgreSQL that come with Portcullis, unpacked where only the user of this process can change them. Thread-safe.
 *
 * @param home folder of this version's programs
 * @param log file that what they print is added to
 */
record PostgresPrograms(Path home, Path log) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);

    /** Sees to it that they are in a folder, with those that this user's data folders share. Called only by the holder of the folder's lock. */
    static PostgresPrograms unpack(Path folder, Path log) throws IOException {
        return unpack(folder, log, SharedPrograms.ofUser());
    }

    /** Unpacks them unless they are there or shared, and removes those of another version. Called only by the holder of the folder's lock. */
    static PostgresPrograms unpack(Path folder, Path log, Optional<SharedPrograms> shared) throws IOException {
        var archive = archive();
        var sum = new CRC32();
        sum.update(archive);
        var version = Long.toHexString(sum.getValue()) + "-" + archive.length;
        var home = folder.resolve(version);
        PrivateFiles.createFolder(folder);
        if (!Files.exists(home)) {
            PrivateFiles.deleteContent(folder);
            var begun = folder.resolve("begun");
            var taken = shared.isPresent() && shared.get().take(version, begun);
            if (!taken) {
                Archives.unpack(archive, begun);
                shared.ifPresent(programs -> programs.keep(version, begun));
            }
            Files.move(begun, home);
        }
        return new PostgresPrograms(home, log);
    }

    private static byte[] archive() throws IOException {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var system = name.startsWith("mac") ? "Darwin" : name.startsWith("windows") ? "Windows" : "Linux";
        var machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        try (var stream = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return stream.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IOException("Portcullis comes without a PostgreSQL for " + system + " on " + machine, e);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException when it does not end well, with the first fault it told
     */
    void run(String program, String... arguments) throws IOException {
        run(Redirect.from(Path.of("/dev/null").toFile()), program, arguments);
    }

    /** The same with a file as its standard input. */
    void run(Redirect input, String program, String... arguments) throws IOException {
        var before = Files.exists(log) ? Files.size(log) : 0;
        var output = Redirect.appendTo(log.toFile());
        var process = new ProcessBuilder(command(program, arguments))
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(output)
                .start();
        var status = await(process);
        if (status != 0) {
            throw new IOException(program + " ended with " + status + fault(before));
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees no root. */
    private List<String> command(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** The first line of the log after this position that tells a fault, or else its first. */
    private String fault(long from) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(from);
            var buffer = ByteBuffer.allocate((int) Math.min(1 << 16, channel.size() - from));
            channel.read(buffer);
            var lines = new String(buffer.array(), StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .toList();
            var faults = lines.stream()
                    .filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|HINT|cannot|not permitted).*"))
                    .toList();
            var told = faults.isEmpty() ? lines : faults;
            return told.isEmpty() ? "" : ": " + told.getFirst().replaceFirst("^.* (?=FATAL|PANIC|ERROR)", "");
        } catch (IOException e) {
            LOG.debug("{} cannot be read", log, e);
            return "";
        }
    }
}
