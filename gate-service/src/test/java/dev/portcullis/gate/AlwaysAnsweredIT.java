package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong inside the gate, Argo Rollouts gets a 200 with HOLD, before it gives up: any other status is an error there, and errors abort. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AlwaysAnsweredIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final DatabaseSettings database = TestDatabase.fresh();
    private GateUnderTest gate;

    @BeforeEach
    void start() {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder, database);
        // A review would read the releases, and what is in memory is answered without the database.
        gate.neverReview();
    }

    @AfterEach
    void stop() {
        gate.close();
    }

    private static void assertHold(String reason, JsonNode answer) {
        assertEquals("HOLD", answer.path("decision").textValue(), answer.toString());
        assertEquals("[\"" + reason + "\"]", answer.path("reasons").toString());
        assertEquals("UNREACHABLE", answer.path("measuring").textValue());
        assertEquals("", answer.path("decisionId").textValue());
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aDatabaseThatLacksAColumnIsAHoldThatTellsWhatItSays() throws SQLException {
        var before = gate.poll("c1");
        execute("alter table gate.decisions rename column explanation to gone");
        var answer = gate.poll("c1");
        assertHold("STORE_UNAVAILABLE", answer);
        assertEquals(
                "the gate's database refuses: ERROR: column d.explanation does not exist (SQLSTATE 42703); no decision could be recorded, ask again",
                answer.path("explanation").textValue());

        execute("alter table gate.decisions rename column gone to explanation");
        assertEquals(before.path("decisionId"), gate.poll("c1").path("decisionId"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAHoldBeforeTheCallerGivesUp() throws SQLException {
        var before = gate.poll("c1");
        try (var connection = connection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table gate.releases in access exclusive mode");
            assertHold("STORE_UNAVAILABLE", gate.poll("c1"));
            connection.rollback();
        }
        Await.until("the decision of before", LIMIT, () -> gate.poll("c1")
                .path("decisionId")
                .equals(before.path("decisionId")));
    }

    @Test
    void theTimeCountsFromTheArrivalOfAQuestionThoughItsBodyComesLater() throws IOException, SQLException {
        gate.poll("c1");
        var body = """
                {"service": "checkout", "canary": "c1", "stable": "stable1"}""";
        var limit = Duration.ofSeconds(2);
        try (var hasty = gate.another(Map.of("portcullis.gate.limit.answer", limit.toSeconds() + "s"));
                var connection = connection();
                var statement = connection.createStatement();
                var socket = new Socket("127.0.0.1", hasty.httpPort())) {
            connection.setAutoCommit(false);
            statement.execute("lock table gate.releases in access exclusive mode");
            var out = socket.getOutputStream();
            out.write(("POST /v1/argo HTTP/1.1\r\nHost: gate\r\nConnection: close\r\nExpect: 100-continue\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("HTTP/1.1 100 Continue", in.readLine());
            var due = System.nanoTime() + limit.toNanos();
            Await.until("the end of the question's time", LIMIT, () -> System.nanoTime() - due >= 0);
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = in.lines().reduce("", (before, line) -> line);
            assertHold("ANSWER_TIMEOUT", JSON.readTree(answer));
            connection.rollback();
        }
    }
}
