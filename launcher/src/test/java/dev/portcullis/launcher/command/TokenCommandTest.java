package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.TokenText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token from its making to its end, on the command line. */
final class TokenCommandTest {
    private static final String HEAD =
            "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n";

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        var printed = new StringWriter();
        var faults = new StringWriter();
        var code = RootCommand.commandLine()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(faults, true))
                .execute(arguments);
        out = printed.toString();
        err = faults.toString();
        return code;
    }

    private String made(String... arguments) throws IOException {
        assertEquals(0, run(arguments), () -> err);
        var token = out.lines().findFirst().orElseThrow();
        assertTrue(TokenText.isToken(token));
        Files.writeString(folder.resolve("token"), token + "\n");
        Files.writeString(folder.resolve("access.yaml"), HEAD + out.substring(out.indexOf("  - name")));
        return token;
    }

    private int check() {
        return run(
                "token",
                "check",
                folder.toString(),
                "--token-file",
                folder.resolve("token").toString());
    }

    @Test
    void whatNewPrintsIsGoodInTheFolder() throws IOException {
        var token = made(
                "token", "new", "argo", "--role", "deployer,approver", "--service", "checkout", "--service", "shop-*");
        assertEquals(0, check(), () -> out + err);
        assertTrue(out.startsWith("argo: deployer, approver for checkout, shop-*; good until 20"), out);
        assertFalse(out.contains(token), out);
        assertEquals(0, run("token", "list", folder.toString()));
        assertTrue(out.contains("argo: deployer, approver for checkout, shop-*; good until 20"), out);
        assertEquals(0, run("check", folder.toString()), () -> out + err);
    }

    @Test
    void withoutOptionsItIsADeployersForAllServices() throws IOException {
        made("token", "new", "it's me");
        assertEquals(0, check());
        assertTrue(out.startsWith("it's me: deployer for *; good until "), out);
    }

    @Test
    void aTokenThatIsNotGoodIsToldWithoutShowingIt() throws IOException {
        var token = made("token", "new", "argo");
        var file = folder.resolve("access.yaml");
        Files.writeString(file, Files.readString(file).replaceAll("expires: .*", "expires: 2020-01-31"));
        assertEquals(1, check());
        assertTrue(out.contains("; expired after 2020-01-31"), out);
        Files.delete(file);
        assertEquals(1, check());
        assertTrue(out.contains("no document of kind Access has it; its sha256 is " + TokenText.sha256(token)), out);
        Files.writeString(folder.resolve("token"), token.substring(1));
        assertEquals(1, check());
        assertTrue(out.contains("misspelt"), out);
        assertFalse(out.contains(token.substring(1)), out);
        assertEquals(
                2,
                run(
                        "token",
                        "check",
                        folder.toString(),
                        "--token-file",
                        folder.resolve("none").toString()));
    }

    @Test
    void whatIsNotLegalIsTold() {
        assertEquals(2, run("token", "new", "argo", "--role", "boss"));
        assertTrue(err.contains("--role is 'boss'; legal: viewer, deployer, approver, operator, admin"), err);
        assertEquals(2, run("token", "new", "argo", "--days", "0"));
        assertTrue(err.contains("--days is 0; legal: 1 to 3650"), err);
        assertEquals(2, run("token", "new", " "));
        assertEquals(2, run("token"));
        assertTrue(err.contains("legal: new, list, revoke, check"), err);
        assertEquals(0, run("token", "list", folder.toString()));
        assertTrue(out.contains("no document of kind Access has a token"), out);
    }
}
