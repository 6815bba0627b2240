package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What examinations say of settings. */
final class ExaminationResults {
    private ExaminationResults() {}

    static List<String> lines(Examination examination, Path folder, Map<String, String> variables) {
        return lines(examination, Environment.read(variables, folder.resolve("config"), folder.resolve("data")));
    }

    static List<String> lines(Examination examination, Environment environment) {
        return examination.outcomes(environment).stream()
                .flatMap(result -> result.lines(UnaryOperator.identity()).stream())
                .map(String::strip)
                .toList();
    }

    /** What a service that is started in a test is told. */
    static Map<String, Object> settings(DatabaseSettings database, Path folder, int http, int grpc) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        return Map.of(
                "portcullis.config", folder.resolve("config").toString(),
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.http.port", http,
                "portcullis.grpc.port", grpc);
    }
}
