package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.AnswerCheck;
import java.net.URI;

/**
 * Something to put load on.
 *
 * @param name as in the table
 * @param address what every client asks for
 * @param check what it must answer
 * @param answerBytes length of an answer
 */
record Endpoint(String name, URI address, AnswerCheck check, int answerBytes) {
    /** Name of the gate's. */
    static final String GATE = "gate /v1/argo";

    /** Name of what it is compared with. */
    static final String BARE = "bare Micronaut";
}
