package dev.portcullis.benchmarks.report;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in its own words why a benchmark could not be run, and ends it with exit code 1; anything unforeseen keeps its stack trace. */
public final class FaultHandler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) throws Exception {
        if (fault instanceof IOException || fault instanceof IllegalArgumentException) {
            command.getErr().println(fault.getMessage());
            return 1;
        }
        throw fault;
    }
}
