package dev.portcullis.launcher.command;

import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.launcher.token.TokenClient;
import dev.portcullis.proto.gate.v1.AccessToken;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gate-service whose tokens a command is about, where one is named; exit 1 when that says no, 3 when it cannot be reached. */
final class TokenGate {
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 3;

    @Option(
            names = "--gate",
            paramLabel = "HOST:PORT",
            description =
                    "gRPC of a gate-service, which keeps tokens itself; without it the command is about documents.")
    private @Nullable String gate;

    @Mixin
    private AuthoritiesOption authorities = new AuthoritiesOption();

    @Mixin
    private TokenOption token = new TokenOption();

    boolean isNamed() {
        return gate != null;
    }

    /** Asks it. */
    int ask(CommandLine command, ToIntFunction<TokenClient> question) {
        var address = authorities.address(command, "--gate", gate, "gate", "9102");
        try (var client = new TokenClient(address, token.token(command))) {
            return question.applyAsInt(client);
        } catch (PeerException e) {
            command.getErr().println(e.getMessage());
            return e.answered() ? REFUSED : UNREACHABLE;
        }
    }

    /** One token in a line. */
    static String line(AccessToken token, Instant now) {
        return token.getName() + "  " + token.getHolder() + ": " + String.join(", ", token.getRolesList()) + " for "
                + String.join(", ", token.getServicesList()) + "; " + state(token, now) + "; "
                + (token.hasLastUseTime() ? "last used " + time(token.getLastUseTime()) : "never used");
    }

    private static String state(AccessToken token, Instant now) {
        if (token.hasRevokeTime()) {
            return "revoked " + time(token.getRevokeTime()) + " by " + token.getRevoker();
        }
        var end = token.getExpireTime();
        return (now.getEpochSecond() < end.getSeconds() ? "good until " : "expired ") + time(end);
    }

    private static Instant time(com.google.protobuf.Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds());
    }
}
