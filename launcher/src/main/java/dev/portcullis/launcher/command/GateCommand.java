package dev.portcullis.launcher.command;

import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks gate-service about releases: exit 1 when that says no, 3 when it cannot be reached. */
abstract class GateCommand implements Callable<Integer> {
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 3;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private TokenOption token = new TokenOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final Integer call() {
        checkArguments();
        try (var client = new ReleaseClient(gate.address(commandLine()), token.token(commandLine()))) {
            return run(client);
        } catch (ReleaseException e) {
            return failed(e, refused());
        } catch (PeerException e) {
            return failed(e, e.answered() ? refused() : UNREACHABLE);
        }
    }

    /** What is wrong with the arguments is told before anybody is asked. */
    void checkArguments() {}

    /** Does it, and answers the exit code. */
    abstract int run(ReleaseClient client);

    /** The exit code of a gate that says no. */
    int refused() {
        return REFUSED;
    }

    private int failed(RuntimeException e, int exitCode) {
        commandLine().getErr().println(e.getMessage());
        return exitCode;
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final boolean isJson() {
        return output.isJson();
    }

    final void print(List<String> lines) {
        lines.forEach(out()::println);
        out().flush();
    }
}
