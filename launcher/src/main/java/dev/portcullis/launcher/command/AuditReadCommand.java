package dev.portcullis.launcher.command;

import dev.portcullis.launcher.audit.AuditClient;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that reads the audit log of a gate-service: exit 1 when that says no, 3 when it cannot be reached. */
abstract class AuditReadCommand implements Callable<Integer> {
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 3;

    @Mixin
    private AuditFilterOptions filter = new AuditFilterOptions();

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private TokenOption token = new TokenOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final Integer call() {
        var wanted = filter.request(commandLine());
        try (var client = new AuditClient(gate.address(commandLine()), token.token(commandLine()))) {
            read(client, wanted);
            return 0;
        } catch (PeerException e) {
            commandLine().getErr().println(e.getMessage());
            return e.answered() ? REFUSED : UNREACHABLE;
        } finally {
            out().flush();
        }
    }

    abstract void read(AuditClient client, ListAuditEntriesRequest.Builder wanted);

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
