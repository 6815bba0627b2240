package dev.portcullis.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: every fault of a configuration folder, as the three services would report it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads a configuration folder and prints every fault as file:line: what; exit 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The configuration folder.")
    private Path folder = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var check = FolderCheck.of(folder);
        var out = spec.commandLine().getOut();
        check.faults().forEach(out::println);
        out.println(check.summary());
        return check.faults().isEmpty() ? 0 : 1;
    }
}
