package dev.portcullis.launcher.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.configuration.Fault;
import java.io.PrintWriter;

/** What commands print for programs; the shapes are those of docs/command-line.md. */
final class JsonOutput {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A fault of the folder. */
    record FaultJson(String file, int line, String message) {
        static FaultJson of(Fault fault) {
            return new FaultJson(fault.file(), fault.line(), fault.message());
        }
    }

    private JsonOutput() {}

    /** Prints a record as one object. */
    static void print(Object value, PrintWriter out) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
        out.flush();
    }
}
